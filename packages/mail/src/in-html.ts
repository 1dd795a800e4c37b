import { escapeHtml } from '@pix/domain/escape-html.ts'
import type { EndLink } from './end-words.ts'
import type { FigureTable, Words } from './words.ts'

/** The design's tokens (web/src/ui/styles/tokens.css), light and dark; gold holds on both. */
export const COLOURS = {
  light: { page: '#f3f4f6', card: '#ffffff', line: '#e5e7eb', text: '#111827', quiet: '#4b5563', link: '#765b0b' },
  dark: { page: '#131210', card: '#232120', line: '#37342f', text: '#f6f3ec', quiet: '#bdb7ab', link: '#e3c566' },
  gold: '#d4af37',
  black: '#1a1a1a',
} as const

const { light, dark, gold, black } = COLOURS
/** Thai fonts of Windows, macOS and Android; nothing is loaded. */
const FONT = `system-ui,-apple-system,'Segoe UI','Noto Sans Thai','Sukhumvit Set','Leelawadee UI',Tahoma,sans-serif`

const DARK = `@media (prefers-color-scheme:dark){
.page{background:${dark.page}!important}
.card{background:${dark.card}!important;border-color:${dark.line}!important}
.text{color:${dark.text}!important}
.quiet{color:${dark.quiet}!important}
.line{border-color:${dark.line}!important}
.link{color:${dark.link}!important}
}`

const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'

/** Figures as a table that a program for reading aloud reads by its rows: what it is on the left, how much on the right. */
function figuresInHtml({ heading, rows }: FigureTable): string {
  const cell = `padding:9px 0;border-top:1px solid ${light.line};vertical-align:top`
  const lines = rows.map(
    ([name, figure]) =>
      `<tr><th scope="row" class="quiet line" align="left" style="${cell};padding-right:16px;font-weight:400;color:${light.quiet}">${escapeHtml(name)}</th>` +
      `<td class="text line" align="right" style="${cell};font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums;color:${light.text}">${escapeHtml(figure)}</td></tr>`,
  )
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">
<caption class="text" align="left" style="padding:4px 0 8px;font-weight:600;text-align:left;color:${light.text}">${escapeHtml(heading)}</caption>
${lines.join('\n')}</table>`
}

/**
 * A letter as a page for mail programs, which know little CSS: tables, styles on the elements, 600 px at most, no pictures.
 * Programs without dark colours of their own show the light ones; where one inverts them, text stays on what was its ground.
 */
export function inHtml(locale: string, words: Words, link: string, ends: readonly EndLink[] = []): string {
  const { subject, lines, tables, code, action, hint, otherwise, why } = words
  const href = escapeHtml(link)
  const last = ends.map(
    ({ says, href: to }) =>
      `<br><a class="link" href="${escapeHtml(to)}" style="color:${light.link}">${escapeHtml(says)}</a>`,
  )
  const paragraphs = lines.map(
    line => `<p class="text" style="margin:0 0 16px;color:${light.text}">${escapeHtml(line)}</p>`,
  )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no"><title>${escapeHtml(subject)}</title>
<style>:root{color-scheme:light dark}
${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:${light.page}">
<table ${TABLE} class="page" style="background:${light.page}"><tr><td align="center" style="padding:24px 12px">
<table ${TABLE} style="max-width:600px;font-family:${FONT};font-size:16px;line-height:1.65;text-align:left">
<tr><td class="text" style="padding:0 8px 16px;font-size:20px;font-weight:600;color:${light.text}">ThePixStock</td></tr>
<tr><td class="card" style="padding:28px 24px;background:${light.card};border:1px solid ${light.line};border-radius:12px;overflow-wrap:anywhere">
${paragraphs.join('\n')}
${(tables ?? []).map(figuresInHtml).join('\n')}
${code === undefined ? '' : `<p class="text" style="margin:0 0 16px;font-size:32px;font-weight:700;letter-spacing:6px;color:${light.text}">${escapeHtml(code)}</p>`}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0"><tr><td bgcolor="${gold}" style="border-radius:12px;background:${gold}">
<a href="${href}" style="display:inline-block;padding:14px 28px;font-weight:600;color:${black};text-decoration:none">${escapeHtml(action)}</a>
</td></tr></table>
<p class="quiet" style="margin:0 0 16px;font-size:14px;color:${light.quiet}">${escapeHtml(hint)}</p>
<p class="quiet" style="margin:0;font-size:14px;color:${light.quiet}">${escapeHtml(otherwise)}<br>
<a class="link" href="${href}" style="color:${light.link};word-break:break-all">${href}</a></p>
</td></tr>
<tr><td class="quiet" style="padding:16px 8px 0;font-size:13px;color:${light.quiet};overflow-wrap:anywhere">${escapeHtml(why)}${last.join('')}</td></tr>
</table>
</td></tr></table>
</body></html>
`
}
