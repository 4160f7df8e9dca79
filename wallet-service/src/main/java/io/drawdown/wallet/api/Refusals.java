package io.drawdown.wallet.api;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.CurrencyMismatchException;
import io.drawdown.wallet.domain.WalletRejection;
import io.drawdown.wallet.ledger.NoSuchWallet;
import io.drawdown.wallet.ledger.WalletExists;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;

/** What a wallet's refusals are over HTTP. */
public final class Refusals {

    private Refusals() {}

    /** @throws ProblemException in place of every refusal of {@code action} */
    public static <T> T asProblems(Supplier<T> action) {
        try {
            return action.get();
        } catch (NoSuchWallet e) {
            throw problem(HttpStatus.NOT_FOUND, "unknown-wallet", e);
        } catch (WalletExists e) {
            throw problem(HttpStatus.CONFLICT, "wallet-exists", e)
                    .with("walletId", e.existing().id().value());
        } catch (WalletRejection e) {
            throw problem(status(e), type(e), e);
        } catch (CurrencyMismatchException e) {
            throw problem(HttpStatus.UNPROCESSABLE_CONTENT, "wrong-currency", e);
        } catch (ConcurrencyException | AggregateStreamCreationException e) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "wallet-busy", "The wallet was changed at the same time; send it again", e);
        }
    }

    private static HttpStatus status(WalletRejection rejection) {
        return switch (rejection) {
            case WalletRejection.UnknownGrant _, WalletRejection.UnknownHold _, WalletRejection.NotOfAccount _ ->
                HttpStatus.NOT_FOUND;
            case WalletRejection.InsufficientCredit _ -> HttpStatus.PAYMENT_REQUIRED;
            case WalletRejection.NotInArrears _,
                    WalletRejection.SettledInArrears _,
                    WalletRejection.Paused _,
                    WalletRejection.RouteMoved _,
                    WalletRejection.Closed _,
                    WalletRejection.InUse _ -> HttpStatus.CONFLICT;
            case WalletRejection.SpentGrant _,
                    WalletRejection.HeldGrant _,
                    WalletRejection.BoughtGrant _,
                    WalletRejection.MoreThanBurned _,
                    WalletRejection.TooManyGrantsBurned _,
                    WalletRejection.ReplenishmentPending _ -> HttpStatus.CONFLICT;
            case WalletRejection.WrongCurrency _,
                    WalletRejection.EmptyGrant _,
                    WalletRejection.ExpiredGrant _,
                    WalletRejection.EndlessRollover _,
                    WalletRejection.EmptyHold _,
                    WalletRejection.ExpiredHold _,
                    WalletRejection.TooManyHolds _,
                    WalletRejection.TooManyGrants _,
                    WalletRejection.CaptureOutOfRange _,
                    WalletRejection.EmptyTopUp _,
                    WalletRejection.RegularBeyondCap _,
                    WalletRejection.UnchargeableAmount _ -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }

    private static String type(WalletRejection rejection) {
        return switch (rejection) {
            case WalletRejection.RouteMoved _ -> "wallet-busy";
            case WalletRejection.NotOfAccount _ -> "unknown-wallet";
            case WalletRejection.Paused _ -> "wallet-paused";
            case WalletRejection.Closed _ -> "wallet-closed";
            case WalletRejection.InUse _ -> "wallet-in-use";
            case WalletRejection.NotInArrears _ -> "not-in-arrears";
            case WalletRejection.SettledInArrears _ -> "settled-in-arrears";
            case WalletRejection.WrongCurrency _ -> "wrong-currency";
            case WalletRejection.EmptyGrant _ -> "empty-grant";
            case WalletRejection.ExpiredGrant _ -> "expired-grant";
            case WalletRejection.EndlessRollover _ -> "endless-rollover";
            case WalletRejection.UnknownGrant _ -> "unknown-grant";
            case WalletRejection.SpentGrant _ -> "spent-grant";
            case WalletRejection.HeldGrant _ -> "held-grant";
            case WalletRejection.BoughtGrant _ -> "bought-grant";
            case WalletRejection.MoreThanBurned _ -> "more-than-burned";
            case WalletRejection.TooManyGrantsBurned _ -> "too-many-grants";
            case WalletRejection.EmptyTopUp _ -> "empty-top-up";
            case WalletRejection.UnchargeableAmount _ -> "unchargeable-amount";
            case WalletRejection.RegularBeyondCap _ -> "regular-beyond-cap";
            case WalletRejection.ReplenishmentPending _ -> "replenishment-pending";
            case WalletRejection.EmptyHold _ -> "empty-hold";
            case WalletRejection.ExpiredHold _ -> "expired-hold";
            case WalletRejection.TooManyHolds _ -> "too-many-holds";
            case WalletRejection.TooManyGrants _ -> "too-many-grants";
            case WalletRejection.InsufficientCredit _ -> "insufficient-credit";
            case WalletRejection.UnknownHold _ -> "unknown-hold";
            case WalletRejection.CaptureOutOfRange _ -> "capture-out-of-range";
        };
    }

    private static ProblemException problem(HttpStatus status, String type, RuntimeException refusal) {
        return new ProblemException(status, type, String.valueOf(refusal.getMessage()), refusal);
    }
}
