export const invitationTh = {
  title: 'คำเชิญ',
  studio: '{studio} เชิญคุณร่วมงานในตำแหน่ง{role}',
  event: {
    photographer: '{studio} เชิญคุณเป็นช่างภาพของงาน {event}',
    organizer: '{studio} เชิญคุณเป็นผู้จัดงาน {event}',
  },
  accept: 'รับคำเชิญ',
  register: 'สมัครและรับคำเชิญ',
  registerText: 'คำเชิญนี้ส่งถึง {email} ตั้งชื่อและรหัสผ่าน แล้วบัญชีของคุณก็พร้อมใช้',
  signIn: 'เข้าสู่ระบบเพื่อรับคำเชิญ',
  signInText: '{email} มีบัญชีอยู่แล้ว เข้าสู่ระบบแล้วคุณจะกลับมาที่หน้านี้',
  another: 'คำเชิญนี้เป็นของ {invited} แต่คุณเข้าสู่ระบบด้วย {present} ออกจากระบบก่อน แล้วเข้าด้วยบัญชีที่ได้รับเชิญ',
  signOut: 'ออกจากระบบ',
  overTitle: 'คำเชิญนี้ใช้ไม่ได้แล้ว',
  failed: 'เปิดคำเชิญไม่สำเร็จ',
  home: 'ไปหน้าแรก',
} as const
