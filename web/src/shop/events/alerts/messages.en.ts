import type { Translated } from '../../../base/i18n/translated.ts'
import type { alertsTh } from './messages.th.ts'

export const alertsEn: Translated<typeof alertsTh> = {
  title: 'Nothing yet?',
  text: 'Leave your e-mail. When the team announces the photos, we write to you once and delete the address that we kept for it.',
  email: 'E-mail',
  fault: 'This e-mail does not look complete',
  submit: 'Tell me when photos are there',
  own: 'We will write to this address',
  ownText: 'We write to you once, and then delete this request',
  sent: 'Look into your mail',
  sentText:
    'If this address is not confirmed yet, a link is on its way to it. We write to confirmed addresses only. The same link cancels the request',
}
