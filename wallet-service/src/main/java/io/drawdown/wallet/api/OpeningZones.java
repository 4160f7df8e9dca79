package io.drawdown.wallet.api;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.time.Regions;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.account.AccountZones;
import io.drawdown.wallet.api.Requests.OpenWalletJson;
import io.drawdown.wallet.domain.AccountId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** In which time zone a wallet is opened: that of its account. It can never be changed, and so it is never guessed. */
@Component
class OpeningZones {

    private final AccountZones accounts;
    private final Duration wait;

    /** @param wait how long an account that was created just now may be on its way */
    OpeningZones(AccountZones accounts, @Value("${drawdown.wallet.opening.account-wait:3s}") Duration wait) {
        this.accounts = accounts;
        this.wait = wait;
    }

    /**
     * Of an account's main wallet.
     *
     * @throws ProblemException 422 if the one that is asked for is none, or not the account's; 409 if it is not known yet
     */
    Zone of(OpenWalletJson request) {
        var account = new AccountId(request.accountId());
        var asked = asked(request);
        var known = asked == null ? accounts.await(account, wait) : accounts.of(account);
        known.ifPresent(zone -> requireSame(request, zone));
        return known.or(() -> Optional.ofNullable(asked)).orElseThrow(() -> unknown(account));
    }

    /** @throws ProblemException 422 if the request asks for another one than the account has, or for none that there is */
    static void requireSame(OpenWalletJson request, Zone zone) {
        var asked = asked(request);
        if (asked != null && asked != zone) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "other-time-zone",
                    "Account " + request.accountId() + " counts its months in " + zone + ", not in " + asked
                            + "; leave the time zone out");
        }
    }

    private static @Nullable Zone asked(OpenWalletJson request) {
        try {
            return request.timeZone() == null
                    ? null
                    : Zone.of(Regions.of(request.timeZone()).getId());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "unknown-time-zone", String.valueOf(e.getMessage()), e);
        }
    }

    private static ProblemException unknown(AccountId account) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "unknown-account",
                "Account " + account.value()
                        + " is not on crm.accounts.v1, which says in which time zone it counts; send the"
                        + " request again in a moment, or say timeZone if crm-service does not keep the account");
    }
}
