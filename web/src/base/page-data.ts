import { PAGE_DATA_ID, type PageData } from '@pix/contracts/page-data.ts'

let brought: PageData | undefined

/**
 * What the HTML of the page brought along (services/api/src/shop/pricing/pages): the answers that its first view would ask
 * for. Empty where the web server sent the plain page, and after the first navigation: then it may be out of date.
 */
export function pageData(): PageData {
  brought ??= read()
  return brought
}

export function forgetPageData(): void {
  brought = {}
}

function read(): PageData {
  const text = document.getElementById(PAGE_DATA_ID)?.textContent
  return text ? (JSON.parse(text) as PageData) : {}
}
