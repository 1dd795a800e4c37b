export interface Letter {
  subject: string
  text: string
  html: string
}

interface Facts {
  /** `PX-2026-000123`. */
  number: string
  link: string
}

export const LOCALES = ['th', 'en'] as const
type Locale = (typeof LOCALES)[number]

interface Words {
  subject: string
  lines: string[]
  /** On the button that leads to the link. */
  action: string
  /** Below the button. */
  hint: string
}

const LETTERS: Record<string, Record<Locale, (facts: Facts) => Words>> = {
  order_paid: {
    th: ({ number }) => ({
      subject: `รูปของคุณพร้อมแล้ว (${number})`,
      lines: ['ขอบคุณที่ซื้อรูปกับ ThePixStock', `เราได้รับเงินของคำสั่งซื้อ ${number} แล้ว รูปต้นฉบับทุกรูปรอให้ดาวน์โหลดที่ลิงก์นี้`],
      action: 'ดาวน์โหลดรูป',
      hint: 'เปิดลิงก์ด้วยเครื่องและเบราว์เซอร์ที่ใช้ซื้อ',
    }),
    en: ({ number }) => ({
      subject: `Your photos are ready (${number})`,
      lines: [
        'Thank you for buying at ThePixStock.',
        `We have received the payment for order ${number}. All your originals are waiting at this link.`,
      ],
      action: 'Download photos',
      hint: 'Open the link on the device and in the browser you bought with.',
    }),
  },
}

/** The names of all letters. */
export const TEMPLATES: readonly string[] = Object.keys(LETTERS)

/** @throws Error for a template nobody has written */
export function writeLetter(template: string, locale: Locale, facts: Facts): Letter {
  const write = LETTERS[template]?.[locale]
  if (!write) throw new Error(`there is no letter ${template}`)
  const words = write(facts)
  return {
    subject: words.subject,
    text: `${[...words.lines, facts.link, words.hint].join('\n\n')}\n`,
    html: inHtml(locale, words, facts.link),
  }
}

/** Mail programs know little CSS: one column, styles on the elements, and colours that hold on black and white. */
function inHtml(locale: Locale, { lines, action, hint }: Words, link: string): string {
  const paragraphs = lines.map(line => `<p style="margin:0 0 16px">${escape(line)}</p>`).join('\n')
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px;font:16px/1.6 system-ui,-apple-system,'Noto Sans Thai',sans-serif">
<div style="max-width:520px;margin:0 auto">
<p style="margin:0 0 24px;font-size:20px;font-weight:600">ThePixStock</p>
${paragraphs}
<p style="margin:24px 0"><a href="${escape(link)}" style="display:inline-block;padding:14px 28px;border-radius:12px;background:#d4af37;color:#1a1a1a;font-weight:600;text-decoration:none">${escape(action)}</a></p>
<p style="margin:0;font-size:14px">${escape(hint)}<br><a href="${escape(link)}" style="color:inherit;word-break:break-all">${escape(link)}</a></p>
</div>
</body></html>
`
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
