// Shows the reports and follows them. Amounts stay the strings that the service sends: nothing here adds money up.
'use strict';

const KEY = 'drawdown-api-key';
const SILENCE_MS = 15000;
const POLL_MS = 5000;

const element = id => document.getElementById(id);
let view = null;
let reading = null;

// ── text ───────────────────────────────────────────────────────────────────

/** Groups the digits before the decimal point; the others stay as they are. */
function grouped(amount) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(amount);
  return sign.replace('-', '−') + whole.replace(/\B(?=(\d{3})+$)/g, ' ') + rest;
}

const isNegative = amount => amount !== null && amount.startsWith('-');
const time = instant => new Date(instant).toLocaleTimeString([], { hour12: false });
const monthName = month => new Date(month + '-01T00:00:00Z')
  .toLocaleDateString([], { month: 'short', year: 'numeric', timeZone: 'UTC' });

function age(millis) {
  if (millis === null) return 'age unknown';
  if (millis < 3000) return 'up to date';
  if (millis < 120000) return Math.round(millis / 1000) + ' s old';
  return Math.round(millis / 60000) + ' min old';
}

// ── building ───────────────────────────────────────────────────────────────

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function row(...cells) {
  const made = make('tr');
  made.append(...cells);
  return made;
}

function fill(id, rows, columns, nothing) {
  const cell = make('td', 'empty', nothing);
  cell.colSpan = columns;
  element(id).replaceChildren(...(rows.length ? rows : [row(cell)]));
}

function amountCell(amount, className = '') {
  if (amount === null) return make('td', 'n soft', '–');
  return make('td', 'n ' + (className || (isNegative(amount) ? 'bad' : '')), grouped(amount));
}

function accountCell(name, id) {
  const cell = make('td', name ? 'name' : 'name soft', name || id || 'no account');
  if (id) cell.title = id;
  return cell;
}

// ── parts of the page ──────────────────────────────────────────────────────

/** What the reader chose, else the currency of most wallets. */
function chosenCurrency(currencies, walletTotals) {
  const select = element('currency');
  if ([...select.options].map(option => option.value).join() !== currencies.join()) {
    const before = select.value;
    select.replaceChildren(...currencies.map(currency => new Option(currency)));
    const most = walletTotals.reduce((one, other) => one && one.wallets >= other.wallets ? one : other, null);
    if (currencies.includes(before)) select.value = before;
    else if (most) select.value = most.currency;
  }
  select.parentElement.hidden = currencies.length < 2;
  return select.value;
}

function showTotals(totals, wallets, currency) {
  const total = totals.find(each => each.currency === currency);
  for (const figure of ['billed', 'collected', 'recognised']) {
    element(figure).textContent = total ? grouped(total[figure]) + ' ' + currency : '–';
  }
  const inWallets = wallets.totals.find(each => each.currency === currency);
  element('credit').textContent = inWallets ? grouped(inWallets.credit) + ' ' + currency : '–';
  element('overdraft').textContent = inWallets
    ? `${inWallets.wallets} wallet${inWallets.wallets === 1 ? '' : 's'} · ${grouped(inWallets.overdraft)} overdrawn` : 'no wallets';
}

const SVG = 'http://www.w3.org/2000/svg';

function draw(tag, attributes, text) {
  const drawn = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) drawn.setAttribute(name, value);
  if (text !== undefined) drawn.textContent = text;
  return drawn;
}

/** Bars only: a height may be rounded, the figures in the titles are exact. */
function showMonths(months) {
  const [height, top, bottom, bar] = [240, 24, 28, 26];
  const room = element('chart').clientWidth;
  const group = Math.max(108, Math.min(200, Math.floor(room / Math.max(months.length, 1))));
  const figures = ['billed', 'collected', 'recognised'];
  const highest = Math.max(...months.flatMap(month => figures.map(figure => Number(month[figure]))), 0);
  const width = Math.max(months.length * group, 320);
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': 'Revenue by month' });
  svg.append(draw('line', { x1: 0, x2: width, y1: height - bottom, y2: height - bottom }));
  months.forEach((month, index) => {
    const left = index * group + (group - 3 * bar - 4) / 2;
    figures.forEach((figure, place) => {
      const size = highest > 0 ? Math.max(0, Number(month[figure])) / highest * (height - top - bottom) : 0;
      const rect = draw('rect', {
        class: figure, x: left + place * (bar + 2), y: height - bottom - size, width: bar, height: size, rx: 3 });
      rect.append(draw('title', {}, `${monthName(month.month)}, ${figure}: ${grouped(month[figure])} ${month.currency}`));
      svg.append(rect);
    });
    svg.append(draw('text', { x: left + 1.5 * bar + 2, y: height - 9, 'text-anchor': 'middle' }, monthName(month.month)));
  });
  const nothing = make('p', 'empty', 'Nothing was billed, collected or used yet.');
  element('chart').replaceChildren(months.length ? svg : nothing);
}

function showAccounts(accounts) {
  fill('accounts', accounts.map(each => row(
    accountCell(each.accountName, each.accountId),
    amountCell(each.billed), amountCell(each.collected), amountCell(each.recognised))), 4, 'No account has any revenue yet.');
}

function topUp(wallet) {
  const cell = make('td');
  if (!wallet.complete) cell.append(make('span', 'pill bad', 'incomplete'));
  else if (wallet.pendingReplenishment) cell.append(make('span', 'pill wait', wallet.awaitingCustomer ? 'awaiting customer' : 'pending'));
  else if (wallet.lastFailure) cell.append(make('span', 'pill bad', wallet.lastFailure));
  else if (wallet.replenishing) cell.append(make('span', 'pill', 'below ' + grouped(wallet.threshold)));
  else cell.append(make('span', 'soft', 'off'));
  return cell;
}

function showWallets(wallets, currency) {
  const shown = wallets.rows.filter(wallet => !currency || wallet.currency === currency || wallet.currency === null);
  fill('wallets', shown.map(wallet => row(
    accountCell(wallet.accountName, wallet.accountId),
    amountCell(wallet.settled), amountCell(wallet.drawnDown), topUp(wallet))), 4, 'No wallet is open yet.');
}

const ENTRIES = {
  WalletOpened: 'Wallet opened', CreditGranted: 'Credit granted', UsageDrawnDown: 'Usage drawn down',
  ReplenishmentPolicyChanged: 'Top-up rule', ReplenishRequested: 'Top-up requested', ReplenishSettled: 'Top-up settled',
};

function showActivity(activity) {
  fill('activity', activity.map(entry => row(
    make('td', 'soft', time(entry.recordedAt)),
    accountCell(entry.accountName, entry.accountId),
    make('td', '', ENTRIES[entry.type] || entry.type),
    amountCell(entry.amount, entry.type === 'CreditGranted' ? 'good' : entry.type === 'ReplenishRequested' ? 'soft' : ''),
    amountCell(entry.settledAfter),
    make('td', 'soft name', entry.detail))), 6, 'The ledger is empty.');
}

function showFreshness(freshness) {
  const late = freshness.ageMillis === null || freshness.ageMillis > 10000;
  showStatus(late ? 'late' : 'live', age(freshness.ageMillis));
  element('sources').replaceChildren(...freshness.sources.map(source => make('span', '',
    `${source.topic}: ${source.behind === null ? 'broker does not answer' : source.behind === 0 ? 'current' : source.behind + ' behind'}`)));
  const warning = element('warning');
  warning.hidden = freshness.incompleteWallets === 0;
  warning.textContent = `${freshness.incompleteWallets} wallet(s) miss an event: what follows is incomplete until that has come.`;
}

function show() {
  if (!view) return;
  const currencies = [...new Set([...(view.totals || []), ...view.wallets.totals].map(each => each.currency))].sort();
  const currency = chosenCurrency(currencies, view.wallets.totals);
  const inCurrency = each => each.currency === currency;
  for (const part of document.querySelectorAll('[data-finance]')) part.hidden = !view.totals;
  if (view.totals) {
    showTotals(view.totals, view.wallets, currency);
    showMonths(view.months.filter(inCurrency));
    showAccounts(view.accounts.filter(inCurrency));
    showActivity(view.activity);
  }
  showWallets(view.wallets, currency);
  showFreshness(view.freshness);
  element('reports').hidden = false;
}

function showStatus(className, text) {
  element('status').className = className;
  element('status-text').textContent = text;
}

// ── reading ────────────────────────────────────────────────────────────────

const wait = (millis, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

function request(path, accept, signal) {
  return fetch(path, { headers: { Authorization: 'Bearer ' + sessionStorage.getItem(KEY), Accept: accept }, signal, cache: 'no-store' });
}

/** Calls back with the data of each server-sent event; EventSource could not send the key. */
async function events(response, onData) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ;) {
    const silence = setTimeout(() => reader.cancel(), SILENCE_MS);
    const { value, done } = await reader.read();
    clearTimeout(silence);
    if (done) return;
    const parts = (text + value).split(/\r?\n\r?\n/);
    text = parts.pop();
    for (const part of parts) {
      const data = part.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n');
      if (data) onData(data);
    }
  }
}

async function readOnce(signal) {
  const stream = await request('v1/stream', 'text/event-stream', signal);
  if (stream.ok) {
    await events(stream, data => { view = JSON.parse(data); show(); });
  } else if (stream.status === 403) {
    const wallets = await request('v1/reports/wallets?limit=200', 'application/json', signal);
    if (!wallets.ok) return wallets.status;
    const report = await wallets.json();
    view = { wallets: report, freshness: report.freshness };
    show();
    await wait(POLL_MS, signal);
  }
  return stream.status === 401 ? 401 : 200;
}

async function follow() {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  element('sign-in').hidden = true;
  element('forget').hidden = false;
  while (!signal.aborted) {
    try {
      const status = await readOnce(signal);
      if (status === 401) return askForKey('This key is not known. Check it, or ask an administrator for one.');
      if (status === 403) return askForKey('This key may not read reports. It needs the role finance, or cs for the wallets.');
    } catch (failure) {
      if (signal.aborted) return;
      showStatus('lost', 'Connection lost, trying again');
    }
    await wait(1000, signal);
  }
}

function askForKey(reason) {
  reading?.abort();
  sessionStorage.removeItem(KEY);
  view = null;
  element('reports').hidden = true;
  element('forget').hidden = true;
  element('currency').parentElement.hidden = true;
  element('sign-in').hidden = false;
  element('refused').textContent = reason || '';
  showStatus('', 'Not connected');
  element('key').focus();
}

element('key-form').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem(KEY, element('key').value.trim());
  element('key').value = '';
  follow();
});
element('forget').addEventListener('click', () => askForKey());
element('currency').addEventListener('change', show);

if (sessionStorage.getItem(KEY)) follow(); else askForKey();
