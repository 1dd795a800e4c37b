import type { Page } from 'playwright-core'
import { violationsOf } from '../violations.ts'

/** The name of a sentence where the sentence should be: `cart.emailHint`. */
const NAME_OF_SENTENCE = /(?<![\w@/.:-])[a-z][A-Za-z]+(?:\.[a-z][A-Za-z0-9]+)+(?![\w@/:-]|\.\w)/g
/** Names of hosts and files, which have the same form. */
const NO_SENTENCE = /\.(?:com|test|th|org|net|jpe?g|png|zip|csv|pdf|mjs|json)$/
/** A place in a sentence that nothing filled. */
const OPEN_PLACE = /\{\w+\}/g

/** One line for each part beyond the page's side, each sentence that is missing or not filled, and what axe finds. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { beyond, text } = await page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - innerWidth,
    // What is marked as code is shown as it is: the places of a letter's words.
    text: [...document.querySelectorAll<HTMLElement>('code')].reduce(
      (text, code) => text.replace(code.innerText, ''),
      `${document.title}\n${document.body.innerText}`,
    ),
  }))
  return [
    ...(beyond > 0 ? [`overflow: ${beyond} px beyond the side`] : []),
    ...missingWords(text).map(word => `words: ${word}`),
    ...(await violationsOf(page)),
  ]
}

/** Names of sentences and open places in a text that people read. */
export function missingWords(text: string): string[] {
  const names = (text.match(NAME_OF_SENTENCE) ?? []).filter(name => !NO_SENTENCE.test(name))
  return [...names, ...(text.match(OPEN_PLACE) ?? [])]
}
