package io.drawdown.crm.lead;

import io.drawdown.crm.lead.domain.Lead;
import io.drawdown.crm.paging.Slice;
import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.page.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Leads over HTTP. What creates takes an {@code Idempotency-Key}, so that a repeated request creates nothing more. */
@RestController
@RequestMapping("/v1/leads")
class LeadController {

    private final LeadDesk desk;
    private final Leads leads;
    private final IdempotentRequests requests;

    LeadController(LeadDesk desk, Leads leads, IdempotentRequests requests) {
        this.desk = desk;
        this.leads = leads;
        this.requests = requests;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    LeadView create(
            @RequestHeader(value = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody NewLead request) {
        return requests.execute("create-lead", key, request, LeadView.class, () -> LeadView.of(desk.create(request)));
    }

    @GetMapping
    Page<LeadView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(leads.list(slice), LeadView::of, Lead::leadId);
    }

    @GetMapping("/{leadId}")
    LeadView get(@PathVariable String leadId) {
        return LeadView.of(desk.get(leadId));
    }

    @PostMapping("/{leadId}/qualify")
    LeadView qualify(@PathVariable String leadId) {
        return LeadView.of(desk.qualify(leadId));
    }

    @PostMapping("/{leadId}/convert")
    Conversion convert(
            @PathVariable String leadId,
            @RequestHeader(value = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody Conversion.Request request) {
        var whole = new ConversionOfLead(leadId, request);
        return requests.execute("convert-lead", key, whole, Conversion.class, () -> convert(whole));
    }

    private Conversion convert(ConversionOfLead whole) {
        var amount = whole.request().amount();
        return Conversion.of(desk.convert(
                whole.leadId(), whole.request().opportunityName(), amount == null ? null : amount.toMoney()));
    }

    /** All of the request that makes a repeat a repeat. */
    private record ConversionOfLead(String leadId, Conversion.Request request) {}
}
