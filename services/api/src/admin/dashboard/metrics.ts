import { Gauge } from 'prom-client'

export const soldLastDay = new Gauge({
  name: 'pix_sold_last_day_satang',
  help: 'What the orders that were paid in the last 24 h cost, in satang, refunded ones among them',
})

export const ordersLastDay = new Gauge({
  name: 'pix_orders_last_day',
  help: 'Orders of the last 24 h: placed then; placed then and paid by now; paid then, whenever they were placed',
  labelNames: ['what'],
})

export const eventsByStatus = new Gauge({
  name: 'pix_events',
  help: 'Events by status',
  labelNames: ['status'],
})

export const photosByStatus = new Gauge({
  name: 'pix_event_photos',
  help: 'Approved photos by the status of their event',
  labelNames: ['status'],
})

// A gauge without labels is served as 0 from its first moment. Until the database has been read there is no value.
soldLastDay.remove()
