import protobuf from 'protobufjs'

const int64 = (id: number) => ({ type: 'int64', id })
const string = (id: number) => ({ type: 'string', id })
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id })

/** The part of onnx.proto3 (ONNX IR version 8) that graphs read and written here need; field numbers are the standard's. */
const root = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: int64(1),
        producerName: string(2),
        graph: { type: 'Graph', id: 7 },
        opsetImport: repeated('Opset', 8),
      },
    },
    Opset: { fields: { domain: string(1), version: int64(2) } },
    Graph: {
      fields: {
        node: repeated('Node', 1),
        name: string(2),
        initializer: repeated('Tensor', 5),
        input: repeated('Value', 11),
        output: repeated('Value', 12),
      },
    },
    Node: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        name: string(3),
        opType: string(4),
        attribute: repeated('Attribute', 5),
      },
    },
    Attribute: {
      fields: {
        name: string(1),
        f: { type: 'float', id: 2 },
        i: int64(3),
        s: { type: 'bytes', id: 4 },
        t: { type: 'Tensor', id: 5 },
        g: { type: 'Graph', id: 6 },
        ints: repeated('int64', 8),
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        dims: repeated('int64', 1),
        dataType: { type: 'int32', id: 2 },
        floatData: repeated('float', 4),
        int32Data: repeated('int32', 5),
        int64Data: repeated('int64', 7),
        name: string(8),
        rawData: { type: 'bytes', id: 9 },
      },
    },
    Value: { fields: { name: string(1), type: { type: 'Type', id: 2 } } },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Shape: { fields: { dim: repeated('Dim', 1) } },
    Dim: { fields: { dimValue: int64(1), dimParam: string(2) } },
  },
})

/** ONNX's numbers for tensor element types and attribute kinds. */
export const ELEMENT = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const
export const ATTRIBUTE = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const

export const OnnxModel = root.lookupType('Model')
