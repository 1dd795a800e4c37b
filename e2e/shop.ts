/** The running shop that `npm test` hands over. */
export function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: end-to-end tests run by \`npm test -- e2e\``)
  return value
}

export const shop = {
  url: given('PIX_E2E_URL'),
  paynoiUrl: given('PIX_E2E_PAYNOI_URL'),
  mailDir: given('PIX_E2E_MAIL_DIR'),
  chromium: given('PIX_E2E_CHROMIUM'),
}

export const PASSWORD = 'demo-pixstock-2026'
export const emailOf = (role: 'admin' | 'photographer') => `${role}@demo.thepixstock.test`
