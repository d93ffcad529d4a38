package net.bellwether.controller.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;

/// The parts of etcd's transactions.
final class EtcdRequests {
  private EtcdRequests() {}

  static ByteString bytes(String key) {
    return ByteString.copyFromUtf8(key);
  }

  /// The end of the range of all keys that begin with `prefix`. Ours are ASCII, so the last
  /// character has a next one.
  static ByteString endOfPrefix(String prefix) {
    int last = prefix.length() - 1;
    return bytes(prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
  }

  /// Revision 0 stands for an absent key.
  static Compare createdAt(String key, long revision) {
    return Compare.newBuilder()
        .setKey(bytes(key))
        .setTarget(Compare.CompareTarget.CREATE)
        .setResult(Compare.CompareResult.EQUAL)
        .setCreateRevision(revision)
        .build();
  }

  static Compare changedAt(String key, long revision) {
    return Compare.newBuilder()
        .setKey(bytes(key))
        .setTarget(Compare.CompareTarget.MOD)
        .setResult(Compare.CompareResult.EQUAL)
        .setModRevision(revision)
        .build();
  }

  static RequestOp put(String key, ByteString value, long leaseId) {
    return RequestOp.newBuilder()
        .setRequestPut(PutRequest.newBuilder().setKey(bytes(key)).setValue(value).setLease(leaseId))
        .build();
  }

  static RequestOp delete(String key) {
    return RequestOp.newBuilder()
        .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(key)))
        .build();
  }

  static RangeRequest get(String key) {
    return RangeRequest.newBuilder().setKey(bytes(key)).build();
  }

  static RequestOp read(String key) {
    return RequestOp.newBuilder().setRequestRange(get(key)).build();
  }

  /// Without the value: guarded keys can be large.
  static RequestOp readRevision(String key) {
    return RequestOp.newBuilder().setRequestRange(get(key).toBuilder().setKeysOnly(true)).build();
  }
}
