import type { Translated } from '../../base/i18n/translated.ts'
import type { portfolioTh } from './messages.th.ts'

export const portfolioEn: Translated<typeof portfolioTh> = {
  title: 'My page',
  lead: 'Your public page has a name, a short text and the events you took photos of. It shows no e-mail and no sales',
  failed: "We couldn't load your page",
  shown: 'Everybody may see it',
  shownText: 'Customers see this name at your events, and it leads to this page. Hide it whenever you like',
  name: 'Name for customers',
  nameHint: 'Such as a nickname, or your team',
  nameFault: 'Enter a name with a letter or a figure',
  slug: 'Address of the page',
  slugHint: 'a–z, 0–9 and hyphens, 3 to 40 of them, such as nok-sports',
  slugFault: 'Use only a–z, 0–9 and hyphens, 3 to 40 of them',
  about: 'About you',
  aboutHint: 'What you photograph, and where. Up to 600 letters',
  save: 'Save',
  saved: 'Saved',
  see: 'See it as customers do',
  address: 'Your page is at',
}
