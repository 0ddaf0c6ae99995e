@NullMarked
package io.godwit.balancer;

import org.jspecify.annotations.NullMarked;
