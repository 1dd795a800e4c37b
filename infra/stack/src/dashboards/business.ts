import { dashboard } from './dashboard.ts'
import type { PanelFacts } from './panel.ts'

const REVENUE = 'max(pix_sold_last_day_satang) / 100'
const PAID = 'max(pix_orders_last_day{what="paid"})'
/** What was sent to a route in a day and was taken. */
const inADay = (route: string) =>
  `sum(increase(http_request_duration_seconds_count{method="POST",route=~"${route}",status=~"2.."}[1d]))`

const today: PanelFacts[] = [
  {
    title: 'Revenue, 24 hours',
    about: 'What the orders that were paid in the last 24 hours cost, refunded ones among them.',
    unit: 'currency:฿',
    kind: 'numbers',
    width: 5,
    series: { revenue: REVENUE },
  },
  {
    title: 'Paid orders, 24 hours',
    about: 'Orders that were paid in the last 24 hours.',
    unit: 'short',
    kind: 'numbers',
    width: 5,
    series: { orders: PAID },
  },
  {
    title: 'Orders that are paid',
    about: 'Share of the orders placed in the last 24 hours that is paid by now.',
    unit: 'percentunit',
    kind: 'numbers',
    width: 5,
    series: {
      paid: 'max(pix_orders_last_day{what="placed_and_paid"}) / max(pix_orders_last_day{what="placed"})',
    },
  },
  {
    title: 'Active events',
    about: 'Events that take photos or sell them.',
    unit: 'short',
    kind: 'numbers',
    width: 5,
    series: { '{{status}}': 'max by (status) (pix_events{status=~"open|on_sale"})' },
  },
  {
    title: 'Photos on sale',
    about: 'Approved photos of events on sale.',
    unit: 'short',
    kind: 'numbers',
    width: 4,
    series: { photos: 'max(pix_event_photos{status="on_sale"})' },
  },
]

const days: PanelFacts[] = [
  {
    title: 'Revenue by day',
    about: 'A bar stands at a midnight of Bangkok and shows the 24 hours before it.',
    unit: 'currency:฿',
    kind: 'days',
    series: { revenue: REVENUE },
  },
  {
    title: 'Paid orders by day',
    about: 'A bar stands at a midnight of Bangkok and shows the 24 hours before it.',
    unit: 'short',
    kind: 'days',
    series: { orders: PAID },
  },
  {
    title: 'Photos read by day',
    about: 'Photos that were uploaded and read. A bar shows the 24 hours before its midnight.',
    unit: 'short',
    kind: 'days',
    series: { photos: 'sum(increase(pix_jobs_total{queue="photos-process",outcome="processed"}[1d]))' },
  },
  {
    title: 'Searches by day',
    about: 'Searches for a person by how they ended. A bar shows the 24 hours before its midnight.',
    unit: 'short',
    kind: 'days',
    series: { '{{outcome}}': 'sum by (outcome) (increase(pix_jobs_total{queue="faces-search"}[1d]))' },
  },
  {
    title: 'From a visit to a paid order',
    about:
      'Each step counts the last 24 hours: an event was opened in a tab, a selfie was sent, a photo went into a cart, an order was placed, an order was paid.',
    unit: 'short',
    width: 24,
    series: {
      visits: inADay('/api/events/:id/visits'),
      selfies: inADay('/api/face/search(/embedding)?'),
      'into a cart': inADay('/api/cart/items'),
      'orders placed': 'max(pix_orders_last_day{what="placed"})',
      'orders paid': PAID,
    },
  },
]

const money: PanelFacts[] = [
  {
    title: 'What gateways say of payments',
    about:
      'Answers in an hour to the question whether a payment came in. "unanswered" means that the gateway did not answer.',
    unit: 'short',
    series: {
      '{{gateway}} {{outcome}}': 'sum by (gateway, outcome) (increase(pix_payment_confirmations_total[1h]))',
    },
    runbooks: ['GatewayAway'],
  },
  {
    title: 'Webhooks',
    about: 'In an hour, by what came of them. "bad_signature" is somebody who tries, or a new secret.',
    unit: 'short',
    series: { '{{gateway}} {{outcome}}': 'sum by (gateway, outcome) (increase(pix_payment_webhooks_total[1h]))' },
    runbooks: ['WebhooksForged'],
  },
  {
    title: 'Money that pays no order',
    about: 'Receipts of the last 24 hours that wait in the inbox, and announcements whose money never came.',
    unit: 'short',
    series: {
      '{{gateway}} {{reason}}': 'max by (gateway, reason) (pix_payment_unapplied_last_day)',
      '{{gateway}} given up': 'max by (gateway) (pix_payment_announcements_given_up_last_day)',
    },
    runbooks: ['MoneyUnapplied', 'MoneyGivenUp'],
  },
  {
    title: 'The ledger balances',
    about: '1 when the latest check found every posting balanced and every paid order shared out.',
    unit: 'none',
    kind: 'numbers',
    width: 6,
    series: { balances: 'min(pix_ledger_balanced)' },
    alerts: ['LedgerOutOfBalance'],
  },
  {
    title: 'The ledger was added up',
    about: 'Time since the latest check.',
    unit: 's',
    kind: 'numbers',
    width: 6,
    series: { ago: 'time() - max(pix_ledger_check_timestamp_seconds)' },
    alerts: ['LedgerCheckOld'],
  },
]

export const business = dashboard({
  uid: 'pix-business',
  title: 'Business',
  about: 'What is sold, what visitors do, and whether the money agrees with it.',
  from: 'now-30d',
  rows: [
    { heading: 'Now', panels: today },
    { heading: 'Day by day', panels: days },
    { heading: 'Money', panels: money },
  ],
})
