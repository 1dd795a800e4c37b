export const providerTh = {
  or: 'หรือ',
  signIn: 'เข้าสู่ระบบด้วย {name}',
  title: 'เข้าสู่ระบบ',
  working: 'กำลังตรวจสอบ รอสักครู่',
  failed: 'ไม่สำเร็จ',
  back: 'กลับไปลองใหม่',
  linkTitle: 'เข้าสู่ระบบด้วย {name}',
  linked: 'บัญชี {name} ของคุณเปิดบัญชีนี้ได้',
  notLinked: 'เชื่อมบัญชี {name} เพื่อเข้าสู่ระบบโดยไม่ต้องใช้รหัสผ่าน',
  link: 'เชื่อมกับ {name}',
  unlink: 'เลิกเชื่อม',
}
