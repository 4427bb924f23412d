@NullMarked
package io.ruche.sandbox.gpu;

import org.jspecify.annotations.NullMarked;
