import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { BuyerContext } from '../../base/context.ts'
import { collectExport } from './collect-export.ts'
import type { Export } from './export.ts'

/** The export as a ZIP: a JSON file for each kind, and one page with all of it for people. */
export async function zipExport(ctx: BuyerContext): Promise<Readable> {
  const files = await collectExport(ctx)
  const zip = new ZipFile()
  const options = { mtime: ctx.now(), mode: 0o100644 }
  for (const [name, rows] of Object.entries(files))
    zip.addBuffer(Buffer.from(JSON.stringify(rows, null, 2)), `${name}.json`, options)
  zip.addBuffer(Buffer.from(pageOf(files, ctx.now())), 'read-me.html', options)
  zip.end()
  return zip.outputStream as Readable
}

const ABOUT = {
  th: 'ข้อมูลทั้งหมดที่เราเก็บเกี่ยวกับคุณ เซลฟี่และตัวเลขของใบหน้าไม่อยู่ในนี้ เพราะถูกลบเมื่อค้นหาเสร็จ ยกเว้นตัวเลขของใบหน้าที่คุณยินยอมให้เก็บไว้เพื่อกันคุณออกจากรูปที่มาทีหลัง ตัวเลขนี้เก็บไว้จนกว่าคุณจะถอนความยินยอม หรือใบหน้าของงานนั้นถูกลบ และไม่อยู่ในนี้เช่นกัน รูปที่ซื้อดาวน์โหลดได้จากหน้าคำสั่งซื้อ',
  en: 'Everything that we keep about you. Selfies and the numbers of a face are not in it: they are deleted when a search ends. The numbers of a face that you agreed to keep, so that later photos of you are left out, are not in it either: they are kept until you take the consent back or the faces of that event are deleted. Photos that you bought are downloaded from the page of their order.',
}

function pageOf(files: Export, at: Date): string {
  const parts = Object.entries(files).map(
    ([name, rows]) => `<h2>${name} (${rows.length})</h2>${rows.map(row => `<table>${cellsOf(row)}</table>`).join('')}`,
  )
  return `<!doctype html><html lang="th"><meta charset="utf-8"><title>ThePixStock ${at.toISOString()}</title>
<style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto}table{border-collapse:collapse;margin:.5rem 0}td{border:1px solid #ccc;padding:.2rem .5rem;vertical-align:top;overflow-wrap:anywhere}</style>
<p>${ABOUT.th}</p><p lang="en">${ABOUT.en}</p><p>${at.toISOString()}</p>${parts.join('')}</html>`
}

const cellsOf = (row: object): string =>
  Object.entries(row)
    .map(([name, value]) => `<tr><td>${escape(name)}</td><td>${escape(textOf(value))}</td></tr>`)
    .join('')

const textOf = (value: unknown): string =>
  value === null
    ? ''
    : value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
