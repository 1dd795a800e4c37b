export const momentsTh = {
  some: 'เลือก {chosen} จาก {photos}',
  open: 'ถ่ายติดกัน เปิดดูทุกรูป',
  title: 'ถ่ายติดกัน {n}\u00a0รูป',
  text: 'เลือกรูปที่ชอบ หรือเอาทั้งหมด คิดราคาตามรูปที่เลือก',
  best: 'ชัดที่สุด',
  chosen: 'เลือก {chosen} จาก {photos}',
  takeBest: 'เอาแค่รูปที่ชัดที่สุด',
  takeAll: 'เลือกรูปนี้ | เลือกทั้ง {n}\u00a0รูป',
  takeNone: 'ล้างที่เลือก',
} as const
