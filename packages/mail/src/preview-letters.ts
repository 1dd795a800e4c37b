import { LOCALES, TEMPLATES, writeLetter } from './write-letter.ts'

/** As long as they get. */
const SAMPLE = {
  number: 'PX-2026-000123',
  link: 'https://shop.example/checkout/success/01a215e7-f681-7236-a490-98a6fac0b91e',
}

/** Every letter in every language, about a sample order: what its reader sees, and the same as plain text. */
export const previewLetters = () =>
  TEMPLATES.flatMap(template =>
    LOCALES.map(locale => ({ name: `${template}.${locale}`, ...writeLetter(template, locale, SAMPLE) })),
  )
