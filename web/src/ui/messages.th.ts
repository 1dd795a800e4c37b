export const uiTh = {
  logoHome: '{name} หน้าแรก',
  close: 'ปิด',
  emailSuggestion: 'หมายถึง {email} ใช่ไหม',
  retry: 'ลองใหม่',
  more: 'ดูเพิ่ม',
  moreFailed: 'โหลดเพิ่มไม่สำเร็จ',
  previous: 'รูปก่อนหน้า',
  next: 'รูปถัดไป',
  photoOf: 'รูปที่ {at} จาก {of}',
  select: 'เลือกรูปนี้',
  unselect: 'เอาออกจากที่เลือก',
} as const
