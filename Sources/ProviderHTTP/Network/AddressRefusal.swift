/// An address that was not connected to.
struct AddressRefusal: Sendable, Equatable {
  var address: IPAddress
  var verdict: NetworkPolicy.Verdict
}
