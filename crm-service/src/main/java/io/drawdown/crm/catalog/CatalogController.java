package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.CatalogViews.MeterView;
import io.drawdown.crm.catalog.CatalogViews.PriceView;
import io.drawdown.crm.catalog.CatalogViews.ProductView;
import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.paging.Slice;
import io.drawdown.support.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP: Stripe's part is read here, Drawdown's part is set here. */
@RestController
@RequestMapping("/v1/catalog")
class CatalogController {

    private final Products products;
    private final Prices prices;
    private final Meters meters;
    private final CatalogDesk desk;

    CatalogController(Products products, Prices prices, Meters meters, CatalogDesk desk) {
        this.products = products;
        this.prices = prices;
        this.meters = meters;
        this.desk = desk;
    }

    @GetMapping("/products")
    Page<ProductView> products(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(products.list(slice), ProductView::of, Product::productId);
    }

    @GetMapping("/products/{productId}")
    ProductView product(@PathVariable String productId) {
        return ProductView.of(products.find(productId).orElseThrow(() -> CatalogDesk.unknown("product", productId)));
    }

    @GetMapping("/prices")
    Page<PriceView> prices(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(prices.list(slice), PriceView::of, Price::priceId);
    }

    @GetMapping("/prices/{priceId}")
    PriceView price(@PathVariable String priceId) {
        return PriceView.of(prices.find(priceId).orElseThrow(() -> CatalogDesk.unknown("price", priceId)));
    }

    @PatchMapping("/prices/{priceId}")
    PriceView flag(@PathVariable String priceId, @Valid @RequestBody PriceChange change) {
        return PriceView.of(desk.flag(priceId, change.creditGrant()));
    }

    @PutMapping("/prices/{priceId}/credit-terms")
    PriceView setCreditTerms(@PathVariable String priceId, @RequestBody CreditTermsJson terms) {
        return PriceView.of(desk.setCreditTerms(priceId, terms));
    }

    @GetMapping("/meters")
    Page<MeterView> meters(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(meters.list(slice), MeterView::of, Meter::meterId);
    }

    @GetMapping("/meters/{meterId}")
    MeterView meter(@PathVariable String meterId) {
        return MeterView.of(meters.find(meterId).orElseThrow(() -> CatalogDesk.unknown("meter", meterId)));
    }

    @PutMapping("/meters/{meterId}/price")
    MeterView map(@PathVariable String meterId, @Valid @RequestBody Mapping mapping) {
        return MeterView.of(desk.map(meterId, mapping.priceId(), mapping.effectiveAt()));
    }

    /** @param creditGrant whether paying a line of the price is to buy credit */
    record PriceChange(@NotNull Boolean creditGrant) {}

    /** @param effectiveAt from when on the price rates the meter's usage; absent for now */
    record Mapping(@NotBlank String priceId, @Nullable Instant effectiveAt) {}
}
