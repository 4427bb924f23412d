@NullMarked
package io.ruche.sandbox.nativeapp;

import org.jspecify.annotations.NullMarked;
