/** Profile packages in files: what is in one, whether it is sound, templates, and subscriptions to personalise them. */
@NullMarked
package io.godwit.cli.profile;

import org.jspecify.annotations.NullMarked;
