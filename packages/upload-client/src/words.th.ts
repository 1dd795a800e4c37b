import type { Words } from './words.en.ts'

const number = (count: number) => count.toLocaleString('en-US')
const counted = (what: string, count: number, more = '') => (count === 0 ? [] : [`${what} ${number(count)} ไฟล์${more}`])

export const wordsTh: Words = {
  usage: `thepixstock-upload <โฟลเดอร์> --event <ชื่อในลิงก์หรือรหัสของงาน> --url <ที่อยู่ของร้าน>

  --email <อีเมล>       บัญชีที่ใช้ ถ้าไม่ระบุจะถาม และจะถามรหัสผ่าน
  --watch              เฝ้าโฟลเดอร์ต่อ รูปใหม่เข้ามาก็ส่งให้ กด Ctrl-C เพื่อจบ
  --parallel <จำนวน>    ส่งพร้อมกันกี่ไฟล์ 1 ถึง 16 (ปกติ 6)
  --receipt <ไฟล์>      ที่เก็บรายการไฟล์ที่ส่งแล้ว
                       (thepixstock-<งาน>.sha256 ในโฟลเดอร์ปัจจุบัน)
  --lang <th หรือ en>   ภาษาของโปรแกรม ถ้าไม่ระบุใช้ภาษาของเครื่อง

ถ้าไม่ต้องการเข้าสู่ระบบ ใส่โทเคนหรือคีย์ของบริการใน PIX_TOKEN หรือใส่รหัสผ่านใน PIX_PASSWORD
โฟลเดอร์ที่ส่งค้างไว้จะส่งต่อจากเดิม รหัสจบการทำงานเป็น 0 เมื่อทุกรูปเก็บแล้ว`,
  oneFolder: 'ระบุโฟลเดอร์หนึ่งโฟลเดอร์',
  whichEvent: 'ระบุงาน: --event <ชื่อในลิงก์หรือรหัสของงาน>',
  whereShop: 'ระบุที่อยู่ของร้าน: --url https://…',
  howMany: '--parallel ต้องเป็น 1 ถึง 16',
  whichLanguage: '--lang ต้องเป็น th หรือ en',
  email: 'อีเมล: ',
  password: 'รหัสผ่าน: ',
  code: 'รหัสจากแอปยืนยันตัวตน: ',
  notBegun: reason => `ไม่สำเร็จ: ${reason}`,
  noFolder: folder => `ไม่มีโฟลเดอร์ ${folder}`,
  photos: (count, folder) => `มี ${number(count)} รูปใน ${folder}`,
  watching: 'กำลังเฝ้าโฟลเดอร์ กด Ctrl-C เพื่อจบ รูปที่เข้ามาแล้วจะส่งให้ครบก่อน',
  progress: (stored, left) => `เก็บแล้ว ${number(stored)} รูป เหลือ ${number(left)}`,
  notStored: (name, reason) => `ยังไม่ได้เก็บ: ${name} (${reason})`,
  failed: (name, reason) => `${name}: ${reason}`,
  otherArrived: 'ไฟล์ที่ไปถึงไม่ตรงกับที่อ่าน ตรวจดูรูปนี้ในงาน',
  readDifferently: 'อ่านได้ไม่เหมือนกันทุกครั้ง การ์ดอาจเสีย',
  onlyHere: ({ raw, alone, videos, links }) =>
    `อยู่ในโฟลเดอร์นี้เท่านั้น: ${[
      ...counted('RAW', raw, alone === 0 ? '' : ` (ไม่มี JPEG คู่กัน ${number(alone)} ไฟล์)`),
      ...counted('วิดีโอ', videos),
      ...counted('ลิงก์', links),
    ].join(' ')} ร้านรับ JPEG PNG WebP TIFF AVIF และ HEIC`,
  lastLine: (stored, all) => `เก็บแล้วและตรวจครบ ${number(stored)} จาก ${number(all)} รูป`,
  receipt: file => `รายการ: ${file}`,
  noReceipt: reason => `บันทึกรายการไม่ได้: ${reason}`,
  reasons: {
    wrong_credentials: 'อีเมลหรือรหัสผ่านไม่ตรง',
    wrong_second_factor: 'รหัสไม่ถูกต้อง',
    unauthorized: 'การเข้าสู่ระบบใช้ไม่ได้',
    session_expired: 'หมดเวลาเข้าใช้ เริ่มใหม่อีกครั้ง',
    captcha_needed: 'ลองผิดหลายครั้งเกินไป เข้าสู่ระบบในเบราว์เซอร์หนึ่งครั้ง หรือใช้ PIX_TOKEN',
    account_locked: 'ลองผิดหลายครั้งเกินไป รอสักครู่แล้วลองใหม่',
    second_factor_required: 'บัญชีนี้ต้องเปิดการยืนยันสองขั้นในเบราว์เซอร์ก่อน',
    forbidden: 'บัญชีนี้ส่งรูปเข้างานนี้ไม่ได้',
    internal: 'ร้านขัดข้อง ลองใหม่อีกครั้ง',
    email_not_verified: 'ยืนยันอีเมลก่อน',
    not_found: 'ไม่พบงานนี้ หรือคุณยังส่งรูปเข้างานนี้ไม่ได้',
    uploads_closed: 'งานนี้ปิดรับรูปแล้ว',
    studio_closed: 'สตูดิโอนี้ถูกระงับหรือปิดแล้ว',
    network: 'ติดต่อร้านไม่ได้',
    unavailable: 'ร้านยังไม่ตอบ',
    rate_limited: 'ลองถี่ไปนิด พักสักครู่',
    empty_file: 'ไฟล์ว่าง',
    not_an_image: 'ไม่ใช่รูปที่ร้านอ่านได้ ส่งเป็น JPEG แทน',
    raw_file: 'ไฟล์ RAW ส่งเป็น JPEG แทน',
    unsupported_colors: 'รูปใช้สีแบบ Lab บันทึกเป็น RGB',
    file_too_large: 'ไฟล์ใหญ่เกินไป',
    image_too_large: 'รูปมีพิกเซลมากเกินไป',
    image_too_small: 'รูปเล็กเกินไป',
  },
}
