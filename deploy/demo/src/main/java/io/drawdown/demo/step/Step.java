package io.drawdown.demo.step;

/** One promise of Drawdown, shown to hold or not. */
public interface Step {

    /** What is shown, in a few words. */
    String name();

    /**
     * Does what a user would do and checks what came of it at the far end.
     *
     * @return what was seen, with ids and figures, for a person to read
     * @throws AssertionError when the promise does not hold; the message says what was expected and what was seen
     */
    String perform(Story story);
}
