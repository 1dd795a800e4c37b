export const offlineTh = {
  kept: 'ข้อมูลที่เก็บไว้ในเครื่องเมื่อ {time}',
  retry: 'ลองใหม่',
  update: 'มีเวอร์ชันใหม่',
  reload: 'โหลดใหม่',
  later: 'ไว้ก่อน',
} as const
