import { formatBaht } from '@pix/domain/money.ts'
import type { Charge } from './charge.ts'
import type { Faults } from './faults.ts'

const escape = (text: string) => text.replaceAll(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, 'Noto Sans Thai', sans-serif; accent-color: #0f766e }
  body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 4rem }
  header { display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; margin-bottom: 1.5rem }
  header b { font-size: 1.25rem } header span { opacity: .7 }
  .card { border: 1px solid #8884; border-radius: 1rem; padding: 1.25rem; margin-bottom: 1rem }
  .pay { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr) } @media (min-width: 40rem) { .pay { grid-template-columns: 15rem 1fr } }
  img { width: 100%; max-width: 15rem; border-radius: .5rem; background: #fff } .amount { font-size: 2.25rem; font-weight: 700 }
  button { font: inherit; font-weight: 600; border: 0; border-radius: .75rem; padding: .8rem 1.4rem; background: #0f766e; color: #fff; cursor: pointer }
  button.quiet { background: #8883; color: inherit } button:focus-visible, a:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px }
  table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #8883 } td:last-child, th:last-child { text-align: right }
  label { display: flex; gap: .6rem; align-items: center; padding: .25rem 0 } label input[type=number], select { font: inherit; width: 8rem; padding: .25rem .5rem }
  code { overflow-wrap: anywhere } .state { font-weight: 600 } small { opacity: .75 }`

const page = (title: string, body: string) => `<!doctype html><html lang="th"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · PayNoi simulator</title><style>${STYLE}</style></head>
<body><header><b>PayNoi simulator</b><span>ธนาคารจำลองสำหรับทดสอบ · a pretended bank, for development only</span></header>${body}</body></html>`

const STATES = { pending: 'รอจ่าย · waiting', completed: 'จ่ายแล้ว · paid', failed: 'ไม่สำเร็จ · failed' }

/** Every charge with a link to pay it, and the faults that new ones get. */
export function listPage(charges: readonly Charge[], faults: Faults): string {
  const rows = charges.slice(0, 50).map(
    charge => `<tr><td><a href="/pay/${charge.transId}">${escape(charge.ref1)}</a></td>
        <td class="state">${STATES[charge.status]}</td><td>฿${formatBaht(charge.due)}</td></tr>`,
  )
  const table = `<table><thead><tr><th>อ้างอิง · Reference</th><th>สถานะ · State</th><th>ยอด · Amount</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  return page(
    'Charges',
    `<div class="card">${rows.length ? table : '<p>ยังไม่มีรายการ · No charges yet: check out in the shop first.</p>'}</div>
     <form class="card" method="post" action="/faults"><h2>ความผิดปกติของรายการใหม่ · Faults of new charges</h2>${faultFields(faults)}<p><button class="quiet">บันทึก · Save</button></p></form>`,
  )
}

/** One charge: its QR, the button that plays the customer's bank app, and its own faults. */
export function payPage(charge: Charge, qrDataUrl: string): string {
  const late = charge.expiresAt.getTime() < Date.now()
  const button =
    charge.status === 'completed'
      ? '<button class="quiet" name="do" value="pay">จ่ายซ้ำ · Pay a second time</button>'
      : `<button name="do" value="pay">${late ? 'จ่ายช้า · Pay late' : 'จ่ายเงิน · Pay'}</button> <button class="quiet" name="do" value="fail">ไม่สำเร็จ · Fail</button>`
  return page(
    charge.ref1,
    `<form class="card" method="post" action="/pay/${charge.transId}"><div class="pay"><img src="${qrDataUrl}" alt="PromptPay QR"><div>
       <div class="amount">฿${formatBaht(charge.due)}</div><p class="state" role="status">${STATES[charge.status]}</p>
       <p>อ้างอิง · Reference <code>${escape(charge.ref1)}</code><br><small><code>${charge.transId}</code></small><br>
       <small>QR ${late ? 'หมดอายุแล้ว · expired' : 'หมดอายุ · expires'} ${charge.expiresAt.toISOString()}</small></p><p>${button}</p></div></div>
       <details><summary>ความผิดปกติ · Faults</summary>${faultFields(charge.faults)}</details></form>
     <p><a href="/">ทุกรายการ · All charges</a></p>`,
  )
}

const LABELS: Record<keyof Faults, string> = {
  slowMs: 'ช้า · slow, ms',
  fail: 'ตอบ 500 · answer 500',
  satang: 'เพิ่มสตางค์ · satang added',
  noQrImage: 'ไม่มีรูป QR · no QR image',
  expiresInSeconds: 'อายุ QR · QR lives, seconds',
  duplicateWebhooks: 'แจ้งซ้ำ · duplicate webhooks',
  wrongSignature: 'ลายเซ็นผิด · wrong signature',
  never: 'ไม่แจ้งเลย · webhook never comes',
  late: 'จ่ายหลังหมดอายุ · late payment',
  secondPayment: 'จ่ายสองครั้ง · second payment',
}

/** A box that is not ticked is not sent by browsers: the hidden field before it says no. */
function faultFields(faults: Faults): string {
  const field = (name: keyof Faults): string => {
    const value = faults[name]
    if (name === 'fail') {
      const options = ['none', 'create', 'check', 'both'].map(
        o => `<option${o === value ? ' selected' : ''}>${o}</option>`,
      )
      return `<label><select name="fail">${options.join('')}</select> ${LABELS.fail}</label>`
    }
    if (typeof value === 'number')
      return `<label><input type="number" name="${name}" value="${value}"> ${LABELS[name]}</label>`
    return `<label><input type="hidden" name="${name}" value="no"><input type="checkbox" name="${name}" value="yes"${value ? ' checked' : ''}> ${LABELS[name]}</label>`
  }
  return (Object.keys(LABELS) as (keyof Faults)[]).map(field).join('')
}

/** Reads such a form: for a repeated field the last counts, `yes` and `no` are said properly. */
export function readFaultForm(form: unknown): Record<string, unknown> {
  const entries = Object.entries((form ?? {}) as Record<string, unknown>).filter(([name]) => name in LABELS)
  return Object.fromEntries(
    entries.map(([name, given]) => {
      const value: unknown = Array.isArray(given) ? given.at(-1) : given
      return [name, value === 'yes' ? true : value === 'no' ? false : value]
    }),
  )
}
