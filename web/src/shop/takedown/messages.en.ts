import type { Translated } from '../../base/i18n/translated.ts'
import type { takedownTh } from './messages.th.ts'

export const takedownEn: Translated<typeof takedownTh> = {
  title: 'Take this photo down',
  lead: 'If you are in the photo, or care for a child who is, you can ask us to take it down. No account is needed.',
  photo: 'The photo you ask about',
  failed: 'The photo could not be loaded',
  goneTitle: 'This photo is not here any more',
  gone: 'The photo is not shown in the shop any more. There is nothing left to ask for',
  why: 'Why?',
  reason: {
    me: "I am in it and don't want it shown",
    child: 'A child in my care is in it',
    unsuitable: 'It harms or embarrasses somebody in it',
    other: 'Another reason',
  },
  reasonMissing: 'Choose one reason',
  statement: 'Tell us more (optional)',
  statementHint: 'For example which person you are. It helps us to decide sooner',
  statementMissing: 'Tell us your reason in a few words',
  email: 'E-mail (optional)',
  emailHint: 'We write to you there when it is decided, and for nothing else',
  emailWrong: 'This address cannot get e-mail. Check it again',
  kept: 'We keep what you write and your e-mail for 90 days after the decision, then erase them',
  send: 'Send the request',
  notSent: 'The request could not be sent',
  askedTitle: 'We have your request: {number}',
  askedText: 'Our people look at the photo and decide. Keep this number to ask us about it',
  askedWithEmail: 'Our people look at the photo and decide. We write to {email} then',
  toShop: 'To the shop',
}
