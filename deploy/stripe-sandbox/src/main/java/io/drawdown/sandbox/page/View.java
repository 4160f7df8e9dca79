package io.drawdown.sandbox.page;

/** One kind of page. */
@FunctionalInterface
interface View {

    Html show(Visit visit);
}
