// Stripe's own client for Node.js against the sandbox: node smoke.js HOST PORT
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const http = require('node:http');
const Stripe = require('stripe');

const [host, port] = process.argv.slice(2);
const stripe = new Stripe('sk_test_smoke', { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });

async function createsReadsChangesAndDeletes() {
  const created = await stripe.customers.create({ name: 'Ä & B', email: 'a@example.org', metadata: { tier: 'gold' } });
  assert.equal(created.object, 'customer');
  assert.equal(created.lastResponse.statusCode, 200);
  assert.match(created.lastResponse.requestId, /^req_/);
  const changed = await stripe.customers.update(created.id, { metadata: { tier: '' }, email: '' });
  assert.deepEqual(changed.metadata, {});
  assert.equal(changed.email, null);
  assert.equal((await stripe.customers.retrieve(created.id)).name, 'Ä & B');
  assert.equal((await stripe.customers.del(created.id)).deleted, true);
}

async function pagesThroughLists() {
  for (let i = 0; i < 12; i++) await stripe.products.create({ name: `Product ${i}` });
  const names = [];
  for await (const product of stripe.products.list({ limit: 5 })) names.push(product.name);
  assert.equal(names.length, 12);
  assert.equal(names[0], 'Product 11');
}

async function billsAndPays() {
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const invoice = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 4500, currency: 'usd' });
  const finalized = await stripe.invoices.finalizeInvoice(invoice.id);
  assert.equal(finalized.status, 'open');
  assert.equal(finalized.amount_due, 4500);
  const paid = await stripe.invoices.pay(invoice.id, { expand: ['payments.data.payment.payment_intent'] });
  assert.equal(paid.status, 'paid');
  assert.equal(paid.payments.data[0].payment.payment_intent.status, 'succeeded');
}

async function tellsDeclinesByTheirCode() {
  const customer = await stripe.customers.create({ payment_method: 'pm_card_chargeCustomerFail' });
  const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  const invoice = await stripe.invoices.create({ customer: customer.id, default_payment_method: method.id });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 100, currency: 'usd' });
  await stripe.invoices.finalizeInvoice(invoice.id);
  await assert.rejects(stripe.invoices.pay(invoice.id), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.code, 'card_declined');
    assert.equal(error.statusCode, 402);
    return true;
  });
}

async function refusesWhatIsWrong() {
  await assert.rejects(stripe.customers.retrieve('cus_nobody'), { statusCode: 404, code: 'resource_missing' });
  await assert.rejects(stripe.customers.create({ balanse: 1 }), { param: 'balanse', code: 'parameter_unknown' });
  const stranger = new Stripe('sk_live_smoke', { host, port, protocol: 'http' });
  await assert.rejects(stranger.customers.list(), { type: 'StripeAuthenticationError' });
}

async function repeatsUnderAKey() {
  const once = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'smoke' });
  const again = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'smoke' });
  assert.equal(again.id, once.id);
  await assert.rejects(stripe.customers.create({ name: 'Other' }, { idempotencyKey: 'smoke' }), {
    type: 'StripeIdempotencyError',
  });
}

async function listsEvents() {
  const events = await stripe.events.list({ type: 'invoice.paid' });
  assert.equal(events.data[0].data.object.status, 'paid');
  assert.equal(events.data[0].api_version, '2026-07-29.dahlia');
}

async function verifiesADelivery() {
  const receiver = http.createServer().listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${receiver.address().port}/`;
  const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: ['product.created'] });
  const [, [request, response]] = await Promise.all([stripe.products.create({ name: 'Told' }), once(receiver, 'request')]);
  const body = (await request.toArray()).join('');
  response.end();
  const event = stripe.webhooks.constructEvent(body, request.headers['stripe-signature'], endpoint.secret);
  assert.equal(event.data.object.name, 'Told');
  const forged = () => stripe.webhooks.constructEvent(`${body} `, request.headers['stripe-signature'], endpoint.secret);
  assert.throws(forged, { type: 'StripeSignatureVerificationError' });
  await stripe.webhookEndpoints.del(endpoint.id);
  receiver.close();
  receiver.closeAllConnections();
}

async function main() {
  const steps = [
    createsReadsChangesAndDeletes,
    pagesThroughLists,
    billsAndPays,
    tellsDeclinesByTheirCode,
    refusesWhatIsWrong,
    repeatsUnderAKey,
    listsEvents,
    verifiesADelivery,
  ];
  for (const step of steps) {
    await step();
    console.log(step.name);
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
