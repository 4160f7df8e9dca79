/** Lists that are read page by page, each page naming the cursor of the next. */
@NullMarked
package io.drawdown.support.page;

import org.jspecify.annotations.NullMarked;
