package io.drawdown.usage.gate;

/** Stands in for the gate's own class of this name, so that the agent finds a step in it. */
public final class Past {

    private Past() {}

    /** Takes the step again and again, and tells of each time when it is done. */
    public static void main(String[] arguments) throws InterruptedException {
        for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
            System.out.println(recall(i));
            Thread.sleep(1);
        }
    }

    private static String recall(int number) {
        System.out.println("recalling " + number);
        return number % 2 == 0 ? "even" : "odd";
    }
}
