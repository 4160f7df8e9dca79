package io.drawdown.wallet.credit;

import io.drawdown.support.page.Page;
import io.drawdown.wallet.credit.ParkedCreditTable.ParkedView;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows paid lines that wait: for a price, an account, or a wallet that can take them. A cursor is the last line's id. */
@RestController
@RequestMapping("/v1/parked-credit")
class ParkedCreditController {

    private final ParkedCreditTable parkedCredit;

    ParkedCreditController(ParkedCreditTable parkedCredit) {
        this.parkedCredit = parkedCredit;
    }

    @GetMapping
    Page<ParkedView> list(
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return Page.of(parkedCredit.list(cursor, limit + 1), limit, ParkedView::lineId);
    }
}
