/** The steps of the demonstration, each a promise that is kept or broken; what they pass on stands in the story. */
@NullMarked
package io.drawdown.demo.step;

import org.jspecify.annotations.NullMarked;
