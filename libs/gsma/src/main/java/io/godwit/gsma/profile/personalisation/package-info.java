/**
 * Profile templates: packages without a secret, and what makes one the profile of a subscription. A template and all that
 * is made of it are equally long and differ in known places.
 */
@NullMarked
package io.godwit.gsma.profile.personalisation;

import org.jspecify.annotations.NullMarked;
