import type { InvitationWords } from './words.ts'

const OTHERWISE = 'ถ้ากดปุ่มไม่ได้ ให้เปิดที่อยู่นี้'
const HINT = 'ลิงก์ใช้ได้ 7 วันและใช้ได้ครั้งเดียว คุณจะสมัครบัญชีด้วยอีเมลนี้ หรือเข้าสู่ระบบด้วยบัญชีที่มีอยู่ก็ได้'
const WHY = 'อีเมลนี้ส่งโดยอัตโนมัติ เพราะ {studio} เชิญที่อยู่อีเมลนี้ ถ้าคุณไม่รู้จัก ไม่ต้องทำอะไร'

/** The letters that invite, in Thai. */
export const invitationTh: InvitationWords = {
  studio_invitation: {
    subject: '{studio} เชิญคุณร่วมงาน',
    lines: ['{studio} เชิญคุณมาร่วมงานกันที่ ThePixStock', 'หน้าที่เปิดจากปุ่มนี้จะบอกว่าเชิญในตำแหน่งใด แล้วให้คุณเลือกว่าจะรับหรือไม่'],
    action: 'ดูคำเชิญ',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  photographer_invitation: {
    subject: 'เชิญถ่ายภาพงาน {event}',
    lines: ['{studio} เชิญคุณเป็นช่างภาพของงาน {event}', 'เมื่อรับคำเชิญแล้ว คุณอัปโหลดรูปของงานได้ที่ ThePixStock'],
    action: 'ดูคำเชิญ',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  organizer_invitation: {
    subject: 'เชิญเป็นผู้จัดงาน {event}',
    lines: [
      '{studio} ขายรูปของงาน {event} ที่ ThePixStock และเชิญคุณเป็นผู้จัดงาน',
      'เมื่อรับคำเชิญแล้ว คุณจะเห็นงานนี้ และเชิญช่างภาพของงานได้',
    ],
    action: 'ดูคำเชิญ',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
