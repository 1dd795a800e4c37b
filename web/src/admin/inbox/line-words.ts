import type { InboxLine } from '@pix/contracts/inbox.ts'
import type { RouteLocationRaw } from 'vue-router'
import { tn } from '../../base/i18n/count.ts'
import { formatDay, formatMoment, formatNumber } from '../../base/i18n/format.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { factsOf } from './difference-words.ts'
import { letterName } from './letter-name.ts'
import { slipWords } from './slip-words.ts'
import { i18n, localText } from '../../base/i18n/index.ts'

/** What happened: one sentence, and what else is known. */
export interface LineWords {
  title: string
  facts: string[]
}

const { t } = i18n.global

/** What is known of a line of this kind. */
type About<K extends InboxLine['kind']> = Extract<InboxLine, { kind: K }>['about']

const mailWords = ({ template, recipient, why, lastAnswer, orderNumber, mayRetry }: About<'mail'>): LineWords => ({
  title: t(`inbox.mail.${why}`, { letter: letterName(template), to: recipient }),
  facts: [
    orderNumber === null ? [] : t('inbox.mail.order', { number: orderNumber }),
    lastAnswer === null ? [] : t('inbox.mail.answer', { answer: lastAnswer }),
    mayRetry ? [] : t('inbox.mail.erased'),
  ].flat(),
})

const takedownWords = ({ photo, event, bought, requests }: About<'takedown'>): LineWords => ({
  title: tn('inbox.takedown.title', requests.length),
  facts: [
    t('inbox.takedown.photo', { file: photo.fileName, event: localText(event.name) }),
    t('inbox.photographer', { name: photo.photographerName }),
    bought === 0 ? t('inbox.takedown.unbought') : tn('inbox.takedown.bought', bought),
  ],
})

const manyPeopleWords = ({ event, user, people, searches, lastAt }: About<'many_people'>): LineWords => ({
  title: t('inbox.manyPeople.title', { name: user.name, n: people, event: localText(event.name) }),
  facts: [user.email, tn('inbox.manyPeople.searches', searches), t('inbox.last', { time: formatMoment(lastAt, true) })],
})

const objectionWords = ({ event, kind, faces, unsure }: About<'objection'>): LineWords => ({
  title: t('inbox.objection.title', { n: formatNumber(unsure), event: localText(event.name) }, unsure),
  facts: [t(`inbox.objection.${kind}`), tn('inbox.objection.faces', faces)],
})

const failedPhotoWords = ({ photo, event, failure }: About<'failed_photo'>): LineWords => ({
  title: t('inbox.failedPhoto.title', { file: photo.fileName, event: localText(event.name) }),
  facts: [t(`inbox.failure.${failure}`), t('inbox.photographer', { name: photo.photographerName })],
})

const lostFactorWords = ({
  user,
  isPlatformAdmin,
  owns,
  waitsUntil,
  lastActiveAt,
}: About<'lost_factor'>): LineWords => ({
  title: t('inbox.lostFactor.title', { name: user.name || user.email }),
  facts: [
    user.email,
    isPlatformAdmin ? t('inbox.lostFactor.admin') : [],
    owns.length > 0 ? t('inbox.lostFactor.owns', { studios: owns.map(localText).join(', ') }) : [],
    t('inbox.lostFactor.from', { time: formatMoment(waitsUntil, true) }),
    lastActiveAt === null
      ? t('inbox.lostFactor.notActive')
      : t('inbox.lostFactor.active', { time: formatMoment(lastActiveAt, true) }),
  ].flat(),
})

const receiptWords = ({ amount, reason, gateway, charge, reference, order }: About<'receipt'>): LineWords => ({
  title: amount === null ? t('inbox.receipt.unknown') : t('inbox.receipt.title', { price: formatMoney(amount.amount) }),
  facts: [
    t(`inbox.receipt.reason.${reason}`),
    order === null ? [] : t('inbox.receipt.ofOrder', { number: order.number, price: formatMoney(order.total.amount) }),
    t('inbox.receipt.charge', { gateway, charge: reference ?? charge }),
  ].flat(),
})

function refundWords({ number, state, amount, reason, photos, order }: About<'refund'>): LineWords {
  const price = formatMoney(amount.amount)
  return {
    title: t(state === 'requested' ? 'inbox.refund.asked' : 'inbox.refund.owed', { number, price }),
    facts: [
      t(`inbox.refund.reason.${reason}`),
      order === null
        ? []
        : t('inbox.receipt.ofOrder', { number: order.number, price: formatMoney(order.total.amount) }),
      photos === 0 ? [] : tn('inbox.refund.photos', photos),
    ].flat(),
  }
}

const payoutWords = ({ number, name, amount, reason }: About<'payout'>): LineWords => ({
  title: t('inbox.payout.title', { name, price: formatMoney(amount.amount) }),
  facts: [t('inbox.payout.reason', { number, reason }), t('inbox.payout.asked')],
})

const differenceWords = ({ difference, subject, day, facts }: About<'difference'>): LineWords => ({
  title: t(`inbox.difference.kind.${difference}`),
  facts: [t('inbox.difference.about', { subject, day: formatDay(day) }), ...factsOf(facts)],
})

/** A line in the reader's language. */
export function lineWords(line: InboxLine): LineWords {
  switch (line.kind) {
    case 'mail':
      return mailWords(line.about)
    case 'takedown':
      return takedownWords(line.about)
    case 'many_people':
      return manyPeopleWords(line.about)
    case 'objection':
      return objectionWords(line.about)
    case 'failed_photo':
      return failedPhotoWords(line.about)
    case 'lost_factor':
      return lostFactorWords(line.about)
    case 'receipt':
      return receiptWords(line.about)
    case 'refund':
      return refundWords(line.about)
    case 'payout':
      return payoutWords(line.about)
    case 'difference':
      return differenceWords(line.about)
    case 'slip':
      return slipWords(line.about)
  }
}

/** The way to the thing that a line is about. */
export function thingOf(line: InboxLine): RouteLocationRaw {
  switch (line.kind) {
    case 'mail':
      return { path: '/admin/audit', query: { subject: `mail:${line.id}` } }
    case 'takedown':
      return { path: `/events/${line.about.event.slug}/photos`, query: { photo: line.about.photo.id } }
    case 'many_people':
      return {
        path: '/admin/audit',
        query: { subject: `event:${line.about.event.id}`, action: 'faces', actor: line.about.user.email },
      }
    case 'lost_factor':
      return { path: '/admin/audit', query: { subject: `user:${line.id}` } }
    case 'objection':
      return `/events/${line.about.event.slug}`
    case 'receipt':
      return { path: '/admin/audit', query: { subject: line.about.order ? `order:${line.about.order.id}` : 'order' } }
    case 'refund':
      return { path: '/admin/audit', query: { subject: `refund:${line.id}` } }
    case 'payout':
      return { path: `/admin/payouts/${line.about.batchId}`, query: { studio: line.about.studioId } }
    case 'slip':
      return { path: '/admin/audit', query: { subject: `slip:${line.id}` } }
    case 'difference':
      return { path: '/admin/audit', query: { subject: `difference:${line.id}` } }
    case 'failed_photo':
      return `/admin/events/${line.about.event.id}/approve`
  }
}
