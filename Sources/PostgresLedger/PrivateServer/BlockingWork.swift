import Foundation

/// Runs work that blocks on a thread of its own and waits for it without blocking the caller's.
func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws(DatabaseError) -> Value
) async throws(DatabaseError) -> Value {
    let result: Result<Value, DatabaseError> = await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            do throws(DatabaseError) {
                continuation.resume(returning: .success(try work()))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
