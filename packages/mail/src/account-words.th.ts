import type { AccountWords } from './words.ts'

const OTHERWISE = 'ถ้ากดปุ่มไม่ได้ ให้เปิดที่อยู่นี้'
const IGNORE = 'ถ้าไม่ใช่คุณ ไม่ต้องทำอะไร ไม่มีใครไปต่อได้ถ้าไม่มีอีเมลนี้'
const WHY_DELETED = 'อีเมลนี้ส่งอัตโนมัติ เพราะมีการลบข้อมูลของที่อยู่นี้ที่ ThePixStock'
const WHY_TYPED = 'อีเมลนี้ส่งโดยอัตโนมัติ เพราะมีผู้ใส่ที่อยู่อีเมลนี้ที่ ThePixStock'
const WHY_ACCOUNT = 'อีเมลนี้ส่งโดยอัตโนมัติ เพราะที่อยู่อีเมลนี้มีบัญชีที่ ThePixStock'

const NOT_ME = 'ถ้าไม่ใช่คุณ ตั้งรหัสผ่านใหม่ทันที หน้านี้จะส่งอีเมลสำหรับตั้งรหัสผ่านมาที่ที่อยู่นี้ แล้วทุกเครื่องจะออกจากระบบ'

/** The letters of accounts in Thai. */
export const accountTh: AccountWords = {
  verify_email: {
    subject: 'ยืนยันที่อยู่อีเมลของคุณ',
    lines: ['มีผู้สมัครบัญชีที่ ThePixStock ด้วยที่อยู่อีเมลนี้ ซึ่งน่าจะเป็นคุณ', 'เปิดหน้านี้แล้วใส่รหัสผ่านที่ตั้งไว้ตอนสมัคร ที่อยู่อีเมลก็จะได้รับการยืนยัน'],
    action: 'ยืนยันอีเมล',
    hint: 'ลิงก์ใช้ได้ 3 วันและใช้ได้ครั้งเดียว ถ้าไม่ใช่คุณ ไม่ต้องทำอะไร',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  register_known: {
    subject: 'คุณมีบัญชีอยู่แล้ว',
    lines: [
      'มีผู้จะสมัครบัญชีที่ ThePixStock ด้วยที่อยู่อีเมลนี้ ซึ่งน่าจะเป็นคุณ แต่ที่อยู่นี้มีบัญชีอยู่แล้ว',
      'เข้าสู่ระบบด้วยรหัสผ่านของคุณ ถ้าลืมรหัสผ่าน ตั้งใหม่ได้จากหน้าเดียวกัน',
    ],
    action: 'เข้าสู่ระบบ',
    hint: 'ถ้าไม่ใช่คุณ ไม่ต้องทำอะไร บัญชีของคุณยังเหมือนเดิม',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  no_account: {
    subject: 'ที่อยู่อีเมลนี้ยังไม่มีบัญชี',
    lines: [
      'มีผู้จะเข้าสู่ระบบ ThePixStock ด้วยที่อยู่อีเมลนี้ ซึ่งน่าจะเป็นคุณ แต่ไม่มีบัญชีที่เปิดด้วยที่อยู่นี้ได้',
      'คุณอาจเคยใช้ที่อยู่อื่น หรือจะสมัครด้วยที่อยู่นี้ก็ได้',
    ],
    action: 'สมัครบัญชี',
    hint: 'ถ้าไม่ใช่คุณ ไม่ต้องทำอะไร',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  reset_password: {
    subject: 'ตั้งรหัสผ่านใหม่',
    lines: ['มีผู้ขอตั้งรหัสผ่านใหม่ให้บัญชี ThePixStock ของคุณ ซึ่งน่าจะเป็นคุณ', 'ตั้งรหัสผ่านใหม่ได้ที่หน้านี้ แล้วทุกเครื่องจะออกจากระบบ'],
    action: 'ตั้งรหัสผ่านใหม่',
    hint: `ลิงก์ใช้ได้ 1 ชั่วโมงและใช้ได้ครั้งเดียว ${IGNORE}`,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  sign_in_code: {
    subject: 'รหัสของคุณคือ {code}',
    lines: ['ใส่รหัสนี้ในหน้าที่คุณกำลังเข้าสู่ระบบ ThePixStock'],
    code: '{code}',
    action: 'เข้าสู่ระบบ',
    hint: `รหัสใช้ได้ 10 นาที อย่าบอกรหัสนี้กับใคร เราไม่เคยถามรหัส ${IGNORE}`,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  account_tried: {
    subject: 'มีผู้ลองเข้าบัญชีของคุณ / Somebody tried your account',
    lines: [
      'มีผู้ลองเข้าบัญชี ThePixStock ของคุณหลายครั้งด้วยรหัสผ่านที่ผิด เราหยุดการลองจากเครือข่ายนั้นแล้ว บัญชียังปลอดภัย',
      'ถ้าเป็นคุณเอง หรือคุณเข้าระบบไม่ได้ เปิดหน้านี้ แล้วเบราว์เซอร์ของคุณจะเข้าระบบได้อีก',
      'Somebody tried to sign in to your account at ThePixStock several times with wrong passwords. We stopped tries from that network. Your account is safe.',
      'If it was you, or you cannot sign in, open this page: your browser may sign in again.',
    ],
    action: 'เปิดทางเข้า / Let me in',
    hint: 'ลิงก์ใช้ได้ 24 ชั่วโมงและใช้ได้ครั้งเดียว / The link is good for 24 hours and works once.',
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  password_changed: {
    subject: 'รหัสผ่านของคุณถูกเปลี่ยนแล้ว',
    lines: ['รหัสผ่านของบัญชี ThePixStock ของคุณเพิ่งถูกเปลี่ยน เครื่องอื่นออกจากระบบแล้ว', 'ถ้าเป็นคุณเอง ไม่ต้องทำอะไร'],
    action: 'ไม่ใช่ฉัน',
    hint: 'ถ้าไม่ใช่คุณ ตั้งรหัสผ่านใหม่ทันที หน้านี้จะส่งอีเมลสำหรับตั้งรหัสผ่านมาที่ที่อยู่นี้',
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  data_deleted: {
    subject: 'ลบข้อมูลของคุณแล้ว',
    lines: ['มีผู้ขอให้เราลบข้อมูลที่เก็บไว้ของที่อยู่นี้ และเราเพิ่งลบไป', 'คำสั่งซื้อที่จ่ายแล้วเก็บไว้ตามกฎหมายภาษี รูปที่ซื้อยังดาวน์โหลดได้เหมือนเดิม'],
    action: 'ประกาศความเป็นส่วนตัว',
    hint: 'ถ้าไม่ใช่คุณ แปลว่ามีคนอื่นรู้รหัสผ่านหรืออ่านอีเมลของคุณ ให้เปลี่ยนรหัสผ่านของกล่องอีเมล',
    otherwise: OTHERWISE,
    why: WHY_DELETED,
  },
  second_factor_on: {
    subject: 'เปิดการยืนยันตัวตนสองขั้นแล้ว',
    lines: [
      'บัญชี ThePixStock ของคุณเพิ่งเปิดการยืนยันตัวตนสองขั้น เข้าสู่ระบบครั้งต่อไปต้องใช้รหัสจากแอปยืนยันตัวตน',
      'ถ้าเป็นคุณเอง ไม่ต้องทำอะไร เก็บรหัสกู้คืนไว้ในที่ปลอดภัย',
    ],
    action: 'ไม่ใช่ฉัน',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  second_factor_off: {
    subject: 'ปิดการยืนยันตัวตนสองขั้นแล้ว',
    lines: ['บัญชี ThePixStock ของคุณเพิ่งปิดการยืนยันตัวตนสองขั้น ใช้รหัสผ่านอย่างเดียวก็เข้าสู่ระบบได้', 'ถ้าเป็นคุณเอง ไม่ต้องทำอะไร'],
    action: 'ไม่ใช่ฉัน',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  recovery_code_used: {
    subject: 'มีการใช้รหัสกู้คืน',
    lines: [
      'มีการใช้รหัสกู้คืนของบัญชี ThePixStock ของคุณแทนรหัสจากแอปยืนยันตัวตน',
      'รหัสกู้คืนเหลือ {left} รหัส สร้างชุดใหม่ได้ที่หน้าบัญชีของคุณ',
    ],
    action: 'ไม่ใช่ฉัน',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
}
