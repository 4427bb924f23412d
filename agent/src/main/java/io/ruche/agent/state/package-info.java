/** What a worker keeps on its disk: the journal of its attempts and the folders of their files. */
@org.jspecify.annotations.NullMarked
package io.ruche.agent.state;
