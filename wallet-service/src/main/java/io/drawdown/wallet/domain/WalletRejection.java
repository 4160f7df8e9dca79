package io.drawdown.wallet.domain;

/** A wallet's refusal of a command: nothing was recorded, and the same command would be refused again. */
public abstract sealed class WalletRejection extends RuntimeException {

    private WalletRejection(String message) {
        super(message);
    }

    /** The amounts are in another currency than the wallet's. */
    public static final class WrongCurrency extends WalletRejection {
        WrongCurrency(WalletState wallet, Money amount) {
            super("Wallet " + wallet.id() + " holds " + wallet.currency() + " and cannot take " + amount
                    + "; use an amount in " + wallet.currency());
        }
    }

    /** A grant must be worth something. */
    public static final class EmptyGrant extends WalletRejection {
        EmptyGrant(GrantId id, Money amount) {
            super("Grant " + id + " is worth " + amount + "; give a positive amount");
        }
    }

    /** A grant must not have expired when it is given. */
    public static final class ExpiredGrant extends WalletRejection {
        ExpiredGrant(GrantId id) {
            super("Grant " + id + " would have expired before it could be spent; give a later expiry or none");
        }
    }

    /** The wallet never got this grant. */
    public static final class UnknownGrant extends WalletRejection {
        UnknownGrant(WalletState wallet, GrantId id) {
            super("Wallet " + wallet.id() + " has no grant " + id + "; its grants are listed under /grants");
        }
    }

    /** Nothing is left of the grant that could be taken back. */
    public static final class SpentGrant extends WalletRejection {
        SpentGrant(GrantId id) {
            super("Nothing is left of grant " + id + ": it is spent, expired or void already");
        }
    }
}
