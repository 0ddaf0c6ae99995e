/** Child processes as the operating system sees them: started apart from us, recognised again later, asked, stopped, killed. */
@NullMarked
package io.godwit.local.process;

import org.jspecify.annotations.NullMarked;
