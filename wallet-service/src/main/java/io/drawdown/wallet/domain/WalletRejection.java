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

    /** Somebody else has changed who pays for the meter, or how it settles. */
    public static final class RouteMoved extends WalletRejection {
        RouteMoved(String meterId) {
            super("Who pays for meter " + meterId + " was changed at the same time; look at it and send it again");
        }
    }

    /** The account has no such wallet. */
    public static final class NotOfAccount extends WalletRejection {
        NotOfAccount(WalletState main, WalletId id) {
            super("Account " + main.accountId() + " has no wallet " + id + "; open it first");
        }
    }

    /** The wallet is paused. */
    public static final class Paused extends WalletRejection {
        Paused(WalletState wallet) {
            super("Wallet " + wallet.id() + " is paused; open it again, or wait until somebody does");
        }
    }

    /** The wallet is closed. */
    public static final class Closed extends WalletRejection {
        Closed(WalletState wallet) {
            super("Wallet " + wallet.id() + " is closed; open it again before it is used");
        }
    }

    /** The wallet cannot be closed yet. */
    public static final class InUse extends WalletRejection {
        InUse(WalletState wallet, String why) {
            super("Wallet " + wallet.id() + " " + why + " before it is closed");
        }
    }

    /** Usage of this meter is paid for out of the wallet. */
    public static final class NotInArrears extends WalletRejection {
        NotInArrears(WalletState wallet, String meterId) {
            super("Wallet " + wallet.id() + " does not leave usage of meter " + meterId
                    + " to arrears; it needs a price to be drawn down");
        }
    }

    /** Nothing is reserved for usage that the wallet does not pay for. */
    public static final class SettledInArrears extends WalletRejection {
        SettledInArrears(WalletState wallet, String meterId) {
            super("Usage of meter " + meterId + " is paid for in arrears and not out of wallet " + wallet.id()
                    + "; it needs no hold");
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

    /** What never expires does not roll over. */
    public static final class EndlessRollover extends WalletRejection {
        EndlessRollover(GrantId id) {
            super("Grant " + id + " never expires and cannot roll over; give it an expiry, or no rollover");
        }
    }

    /** The wallet never got this grant. */
    public static final class UnknownGrant extends WalletRejection {
        UnknownGrant(WalletState wallet, GrantId id) {
            super("Wallet " + wallet.id() + " has no grant " + id + "; its grants are listed under /grants");
        }
    }

    /** A hold must reserve something. */
    public static final class EmptyHold extends WalletRejection {
        EmptyHold(Money amount) {
            super("A hold of " + amount + " reserves nothing; give a positive amount");
        }
    }

    /** A hold must last. */
    public static final class ExpiredHold extends WalletRejection {
        ExpiredHold() {
            super("The hold would have expired before it began; give a later expiry");
        }
    }

    /** A wallet can hold only so much apart. */
    public static final class TooManyHolds extends WalletRejection {
        TooManyHolds(WalletState wallet) {
            super("Wallet " + wallet.id() + " has " + wallet.holds().open().size() + " open holds, and " + Holds.MOST
                    + " is the most; capture or release some, or hold more in one");
        }
    }

    /** Of more grants than one event could name there is something left. */
    public static final class TooManyGrants extends WalletRejection {
        TooManyGrants(WalletState wallet) {
            super("Wallet " + wallet.id() + " has something left of "
                    + wallet.grants().size() + " grants, as many as it may"
                    + " have with the meters that they are for; void some, or give more in one");
        }
    }

    /** There is less to spend than was asked for. */
    public static final class InsufficientCredit extends WalletRejection {
        InsufficientCredit(WalletState wallet, Money amount, Money spendable) {
            super("Wallet " + wallet.id() + " has " + spendable + " to spend, its overdraft limit included, and not "
                    + amount + "; ask for less or top it up");
        }
    }

    /** No such hold is open. */
    public static final class UnknownHold extends WalletRejection {
        UnknownHold(WalletState wallet, HoldId id) {
            super("Wallet " + wallet.id() + " has no open hold " + id
                    + ": it was captured, released or timed out, or never placed");
        }
    }

    /** No more can be captured than is held. */
    public static final class CaptureOutOfRange extends WalletRejection {
        CaptureOutOfRange(Hold hold, Money amount) {
            super("Hold " + hold.id() + " reserves " + hold.amount() + " and " + amount
                    + " cannot be captured of it; capture more than zero and at most what it reserves");
        }
    }

    /** A top-up must bring something. */
    public static final class EmptyTopUp extends WalletRejection {
        EmptyTopUp(Money amount) {
            super("A top-up of " + amount + " brings nothing; give a positive amount");
        }
    }

    /** The amount has more decimals than can be charged. */
    public static final class UnchargeableAmount extends WalletRejection {
        UnchargeableAmount(Money amount) {
            super(amount + " cannot be charged exactly; give an amount in whole units of what the currency can be"
                    + " charged in");
        }
    }

    /** A regular top-up would never fit into a month. */
    public static final class RegularBeyondCap extends WalletRejection {
        RegularBeyondCap(Money amount, Money cap) {
            super("A regular top-up of " + amount + " never fits into a monthly cap of " + cap
                    + "; make it smaller, or raise the cap");
        }
    }

    /** At most one top-up is under way. */
    public static final class ReplenishmentPending extends WalletRejection {
        ReplenishmentPending(PendingReplenishment pending) {
            super("Top-up " + pending.id() + " of " + pending.amount() + " is under way since " + pending.requestedAt()
                    + "; wait until it is paid or has failed");
        }
    }

    /** Credit that was paid for goes back with the money only. */
    public static final class BoughtGrant extends WalletRejection {
        BoughtGrant(GrantId id) {
            super("Grant " + id + " was paid for; refund the payment, which takes the credit back too");
        }
    }

    /** No more can come back than was taken. */
    public static final class MoreThanBurned extends WalletRejection {
        MoreThanBurned(Money amount, Money burned) {
            super(amount + " cannot come back: the usage has burned " + burned
                    + "; compare its price with what was charged, and give the difference as credit");
        }
    }

    /** One entry names all grants to which something comes back, and can only be so large. */
    public static final class TooManyGrantsBurned extends WalletRejection {
        TooManyGrantsBurned(Money amount) {
            super(amount + " would come back to more grants than one entry can name; give it as credit instead");
        }
    }

    /** Nothing is left of the grant that could be taken back. */
    public static final class SpentGrant extends WalletRejection {
        SpentGrant(GrantId id) {
            super("Nothing is left of grant " + id + ": it is spent, expired or void already");
        }
    }

    /** All that is left of a grant is held. */
    public static final class HeldGrant extends WalletRejection {
        HeldGrant(GrantId id) {
            super("All that is left of grant " + id
                    + " is held: release the holds first, or take back what they give back");
        }
    }
}
