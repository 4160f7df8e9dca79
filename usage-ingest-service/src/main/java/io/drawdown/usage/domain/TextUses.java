package io.drawdown.usage.domain;

/**
 * How one text of a meter that counts unique texts stands in one account and month.
 *
 * <p>The first usage of the text has the value one, the others zero. While any of them is left, that one stays where it is,
 * also when the first itself is voided; with the last of them it goes. After that the text is new again.
 *
 * @param count usages of the text that are not void
 * @param bearer the source offset of the usage that has the value one; {@link Claim#NONE} before there was any
 */
public record TextUses(long count, long bearer) {

    public static final TextUses NONE = new TextUses(0, Claim.NONE);

    /** Whether the next usage of the text has the value one. */
    public boolean isNew() {
        return count == 0;
    }

    /** @param offset where the usage stands */
    public TextUses used(long offset) {
        return isNew() ? new TextUses(1, offset) : new TextUses(count + 1, bearer);
    }

    /** One of the usages is void. */
    public TextUses voided() {
        return new TextUses(count - 1, bearer);
    }
}
