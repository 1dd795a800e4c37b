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

type Locale = 'th' | 'en'

const LETTERS: Record<
  string,
  Record<Locale, (facts: Facts) => { subject: string; lines: string[]; action: string }>
> = {
  order_paid: {
    th: ({ number }) => ({
      subject: `ภาพของคุณพร้อมดาวน์โหลดแล้ว (${number})`,
      lines: ['ขอบคุณที่ซื้อภาพกับ ThePixStock', `เราได้รับการชำระเงินสำหรับคำสั่งซื้อ ${number} แล้ว คุณดาวน์โหลดภาพต้นฉบับได้ที่ลิงก์นี้`],
      action: 'ดาวน์โหลดภาพ',
    }),
    en: ({ number }) => ({
      subject: `Your photos are ready (${number})`,
      lines: [
        'Thank you for buying at ThePixStock.',
        `We have received the payment for order ${number}. Your originals can be downloaded here:`,
      ],
      action: 'Download photos',
    }),
  },
}

/** @throws Error for a template nobody has written */
export function writeLetter(template: string, locale: Locale, facts: Facts): Letter {
  const write = LETTERS[template]?.[locale]
  if (!write) throw new Error(`there is no letter ${template}`)
  const { subject, lines, action } = write(facts)
  const paragraphs = lines.map(line => `<p>${escape(line)}</p>`).join('\n')
  const link = `<p><a href="${escape(facts.link)}">${escape(action)}</a></p>`
  return {
    subject,
    text: `${[...lines, facts.link].join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${locale}"><body>\n${paragraphs}\n${link}\n</body></html>\n`,
  }
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
