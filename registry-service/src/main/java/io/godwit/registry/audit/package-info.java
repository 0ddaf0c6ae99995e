/** What a security auditor asks for: one entry per fact, appended in the transaction of the fact and never changed. */
@NullMarked
package io.godwit.registry.audit;

import org.jspecify.annotations.NullMarked;
