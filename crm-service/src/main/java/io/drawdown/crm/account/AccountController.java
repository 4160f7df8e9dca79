package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.Account;
import io.drawdown.crm.paging.Slice;
import io.drawdown.support.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over HTTP. */
@RestController
@RequestMapping("/v1/accounts")
class AccountController {

    private final Accounts accounts;
    private final AccountTable table;

    AccountController(Accounts accounts, AccountTable table) {
        this.accounts = accounts;
        this.table = table;
    }

    @GetMapping
    Page<AccountView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(table.list(slice), AccountView::of, Account::accountId);
    }

    @GetMapping("/{accountId}")
    AccountView get(@PathVariable String accountId) {
        return AccountView.of(accounts.get(accountId));
    }

    @PutMapping("/{accountId}/external-keys")
    AccountView nameExternally(@PathVariable String accountId, @Valid @RequestBody ExternalKeys request) {
        return AccountView.of(accounts.nameExternally(accountId, request.externalKeys()));
    }

    /** Changes nothing: what can be given here is fixed, and the answer to another wish says why. */
    @PatchMapping("/{accountId}")
    AccountView change(@PathVariable String accountId, @Valid @RequestBody AccountChange request) {
        var account = accounts.get(accountId);
        account.requireTimeZone(TimeZones.of(request.timeZone()));
        return AccountView.of(account);
    }

    record AccountChange(@NotNull String timeZone) {}

    /** @param externalKeys the whole list; none looks like an account's id, so that usage cannot go astray */
    record ExternalKeys(
            @NotNull @Size(max = 100)
            List<
                            @NotNull
                            @Pattern(
                                    regexp = "(?!acct_)\\S{1,200}",
                                    message = "must be 1 to 200 characters without spaces, not beginning with acct_")
                            String>
                    externalKeys) {}
}
