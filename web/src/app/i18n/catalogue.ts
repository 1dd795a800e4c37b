import { authEn } from '../../auth/messages.en.ts'
import { authTh } from '../../auth/messages.th.ts'
import { cartEn } from '../../cart/messages.en.ts'
import { cartTh } from '../../cart/messages.th.ts'
import { eventsEn } from '../../events/messages.en.ts'
import { eventsTh } from '../../events/messages.th.ts'
import { facesEn } from '../../faces/messages.en.ts'
import { facesTh } from '../../faces/messages.th.ts'
import { peopleEn } from '../../faces/people/messages.en.ts'
import { peopleTh } from '../../faces/people/messages.th.ts'
import { ordersEn } from '../../orders/messages.en.ts'
import { ordersTh } from '../../orders/messages.th.ts'
import { paymentsEn } from '../../payments/messages.en.ts'
import { paymentsTh } from '../../payments/messages.th.ts'
import { photosEn } from '../../photos/messages.en.ts'
import { photosTh } from '../../photos/messages.th.ts'
import { revenueEn } from '../../revenue/messages.en.ts'
import { revenueTh } from '../../revenue/messages.th.ts'
import { uiEn } from '../../ui/messages.en.ts'
import { uiTh } from '../../ui/messages.th.ts'
import { appEn } from '../messages.en.ts'
import { appTh } from '../messages.th.ts'
import { problemsEn } from '../problems.en.ts'
import { problemsTh } from '../problems.th.ts'
import type { Translated } from './translated.ts'

/** Every string of the application; a feature's words live beside the feature. */
export const th = {
  app: appTh,
  problems: problemsTh,
  ui: uiTh,
  auth: authTh,
  cart: cartTh,
  events: eventsTh,
  faces: facesTh,
  orders: ordersTh,
  payments: paymentsTh,
  people: peopleTh,
  photos: photosTh,
  revenue: revenueTh,
} as const

export const en: Translated<typeof th> = {
  app: appEn,
  problems: problemsEn,
  ui: uiEn,
  auth: authEn,
  cart: cartEn,
  events: eventsEn,
  faces: facesEn,
  orders: ordersEn,
  payments: paymentsEn,
  people: peopleEn,
  photos: photosEn,
  revenue: revenueEn,
}
