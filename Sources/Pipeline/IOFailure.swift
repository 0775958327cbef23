internal import SystemPackage

/// What went wrong with a file. Descriptions hold paths and the system's words, never content.
package enum IOFailure: Error, Equatable {
  /// The system refused to open or to read an input.
  case input(path: String, code: Int32)
  /// Compressed input is damaged or cut short.
  case compressed(path: String, problem: CodecProblem)
  /// An array has more white space between two elements than a record may be long.
  case separatorTooLong(path: String, bytesMax: Int)
  /// The input ends before the array's `]`.
  case unclosedArray(path: String)
  /// Between two elements of an array stands what may not stand there.
  case brokenArray(path: String, fault: ArrayFault, records: Int, offset: Int64)
  /// The system refused to open, write or rename an output.
  case output(path: String, code: Int32)
  /// An output is shorter than the checkpoint says it was.
  case outputTooShort(path: String)
  /// A checkpoint cannot be used.
  case checkpoint(path: String, problem: CheckpointProblem)
}

/// What is wrong with compressed bytes.
package enum CodecProblem: String, Error, Sendable {
  case truncated = "the compressed data end in the middle"
  case corrupt = "the compressed data are damaged"
  case trailingBytes = "bytes that are not compressed data follow the compressed data"
  case windowTooLarge = "the compressed data need a window of more than 128 MiB"
  case outOfMemory = "there is no memory for the decoder"
}

/// What is wrong between the elements of an array.
package enum ArrayFault: String, Error, Sendable {
  case noComma = "expected `,` or `]`"
  case noElement = "expected an element"
}

/// Why a checkpoint cannot be used.
package enum CheckpointProblem: String, Error, Sendable {
  case unreadable = "it is not a checkpoint of this program"
  case otherVersion = "it was made by another version of this program"
  case otherConfiguration = "it was made with other options, rules or keys"
  case otherInputs = "it was made for another list of inputs"
  case otherContent = "the input is not the one the checkpoint was made from"
}

extension IOFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .input(let path, let code):
      "cannot read \(path): \(Errno(rawValue: code).description)"
    case .compressed(let path, let problem):
      "cannot read \(path): \(problem.rawValue)"
    case .separatorTooLong(let path, let bytesMax):
      "cannot read \(path): more than \(bytesMax) bytes of white space between two elements"
    case .unclosedArray(let path):
      "\(path) is cut short: its array is not closed"
    case .brokenArray(let path, let fault, let records, let offset):
      "\(path) is no JSON array: \(fault.rawValue) at byte \(offset), behind "
        + (records == 0 ? "its start" : "record \(records)")
    case .output(let path, let code):
      "cannot write \(path == "-" ? "to standard output" : path): "
        + Errno(rawValue: code).description
    case .outputTooShort(let path):
      "cannot resume: \(path) is shorter than its checkpoint says"
    case .checkpoint(let path, let problem):
      "cannot resume from \(path): \(problem.rawValue)"
    }
  }
}
