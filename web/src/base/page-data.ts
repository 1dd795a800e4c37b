import { PAGE_DATA_ID, type PageData } from '@pix/contracts/page-data.ts'

let data: PageData | undefined

/**
 * What the HTML of the page contains (services/api/src/shop/pricing/pages): the answers that its first view would ask
 * for. Empty where the web server sent the plain page, and after the first navigation: then it may be out of date.
 */
export function pageData(): PageData {
  data ??= read()
  return data
}

export function forgetPageData(): void {
  data = {}
}

function read(): PageData {
  const text = document.getElementById(PAGE_DATA_ID)?.textContent
  return text ? (JSON.parse(text) as PageData) : {}
}
