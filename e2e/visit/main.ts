import { createClient } from '@pix/contracts/client.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { payAtTheBank } from '../pay-at-the-bank.ts'
import { orderCart } from '../pay-twice.ts'
import { sendAsVisitor } from '../send-as-visitor.ts'
import { routesOf, untilWhole } from '../visitor-pages.ts'
import { findAddresses, type AddressOf, type Shopping } from './addresses.ts'
import { faultsOf } from './faults-of.ts'

const PEOPLE = ['visitor', 'customer', 'photographer', 'organizer', 'admin'] as const
type Somebody = (typeof PEOPLE)[number]

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string', default: 'http://localhost:8080' },
    'sim-url': { type: 'string', default: 'http://localhost:8083' },
    event: { type: 'string', default: 'riverside-night-2026' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    person: { type: 'string', multiple: true, default: [...PEOPLE] },
    locale: { type: 'string', multiple: true, default: ['th', 'en'] },
    width: { type: 'string', multiple: true, default: ['360', '1440'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    /** A part of the paths to visit: `/admin/letters`. */
    path: { type: 'string', default: '' },
    /** A folder for a picture of each page. */
    pictures: { type: 'string' },
  },
})
const PASSWORD = 'demo-pixstock-2026'
const emailOf = (person: string) => `${person}@demo.thepixstock.test`

interface Look {
  locale: string
  width: number
  theme: 'light' | 'dark'
}
const looks: Look[] = values.locale.flatMap(locale =>
  values.width.flatMap(width =>
    values.theme.map(theme => ({ locale, width: Number(width), theme: theme === 'dark' ? 'dark' : 'light' }) as const),
  ),
)

/**
 * Visits every page of the running demo shop as each kind of person, in each language, width and theme. Prints each fault
 * and ends with how many pages were visited; exit code 1 where there was a fault.
 *
 * The shop must allow the requests: `LIMIT_REQUESTS_PER_MINUTE=10000 npm start`.
 */
async function main(): Promise<void> {
  if (values.pictures) mkdirSync(values.pictures, { recursive: true })
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: values.chromium, args })
  const faults: string[] = []
  let visited = 0
  try {
    for (const person of PEOPLE.filter(name => values.person.includes(name))) {
      const count = await visitAs(browser, person, fault => {
        faults.push(fault)
        console.log(fault)
      })
      visited += count
      console.log(`${person}: ${count} pages`)
    }
  } finally {
    await browser.close()
  }
  console.log(`${visited} pages visited, ${faults.length} faults`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

async function visitAs(browser: Browser, person: Somebody, report: (fault: string) => void): Promise<number> {
  await using context = await browser.newContext({ baseURL: values['base-url'], serviceWorkers: 'block' })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const heard = hear(page)
  await page.goto('/')
  const shopping = await buyAndOrder(page)
  if (person !== 'visitor') await signIn(page, person)
  const shop = { url: values['base-url'], event: values.event, admin: { email: emailOf('admin'), password: PASSWORD } }
  const addressOf = await findAddresses(shop, shopping)
  const all = new Set((await routesOf(page)).map(({ path }) => path))
  const paths = [...all].filter(path => path.includes(values.path))
  let visited = 0
  for (const look of looks) {
    await wear(page, look)
    for (const path of paths) {
      const where = `${person} ${look.locale} ${look.width} ${look.theme} ${path}`
      heard.length = 0
      const stayed = await visit(page, path, addressOf).catch((error: Error) => {
        report(`${where} does not stand: ${error.message.split('\n')[0]}`)
        return false
      })
      if (!stayed) continue
      visited += 1
      for (const fault of [...(await faultsOf(page)), ...heard]) report(`${where} ${fault}`)
      if (values.pictures) await picture(page, where)
    }
  }
  return visited
}

/** @returns whether there is something to show and the person may see it: a closed page leads to another one */
async function visit(page: Page, path: string, addressOf: AddressOf): Promise<boolean> {
  const address = addressOf(path)
  if (address === null) return false
  await page.goto(address)
  await untilWhole(page)
  return new URL(page.url()).pathname === address
}

/** What the browser's console says of errors, but for answers that a page is made for: who may not see gets 401 to 404. */
function hear(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', error => heard.push(`error: ${error.message}`))
  page.on('console', message => {
    if (message.type() !== 'error' || /status of 40[1-4]/.test(message.text())) return
    heard.push(`console: ${message.text().slice(0, 200)}`)
  })
  return heard
}

async function wear(page: Page, { locale, width, theme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: width < 700 ? 780 : 900 })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.evaluate(wanted => localStorage.setItem('pix_locale', wanted), locale)
}

async function signIn(page: Page, person: Somebody): Promise<void> {
  await page.goto('/login')
  await page.locator('input[type=email]').fill(emailOf(person))
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname !== '/login')
}

/** Pages of orders have something to show: a photo is bought, another waits for its payment, and a third is in the cart. */
async function buyAndOrder(page: Page): Promise<Shopping> {
  const client = createClient({ baseUrl: `${values['base-url']}/api` })
  const { id } = await client.call(getEvent, { params: { id: values.event } })
  const { items } = await client.call(listPhotos, { params: { id }, query: { limit: 3 } })
  const [first, second, third] = items.map(
    photo => () => sendAsVisitor(page, 'POST', '/cart/items', { photoIds: [photo.id] }),
  )
  await first!()
  const bought = await orderCart(page)
  await payAtTheBank(page.context(), values['sim-url'], bought.order.number)
  await second!()
  const waiting = await orderCart(page)
  await third!()
  return { boughtOrder: bought.order.id, waitingOrder: waiting.order.id, waitingPayment: waiting.payment.id }
}

const picture = (page: Page, where: string) =>
  page.screenshot({
    path: join(values.pictures!, `${where.replaceAll(/[^\w]+/g, '-')}.jpg`),
    type: 'jpeg',
    quality: 60,
    fullPage: true,
  })

await main()
