/**
 * Which of several results to believe. A {@link io.ruche.certify.CertificationMethod} looks at the
 * groups of equal results of one task and at the records of their workers, and says what to do
 * next. Methods are pure and keep nothing; who asks them keeps records and counts. They know
 * nothing of chains, authorizations or messages.
 */
@NullMarked
package io.ruche.certify;

import org.jspecify.annotations.NullMarked;
