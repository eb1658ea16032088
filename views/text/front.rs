//! Wording of the page at the root of the site.

texts! {
    TITLE = "Votre compte s’ouvre par un lien", "Your account opens by a link";
    LINK = "Suivez le lien du message que votre fournisseur vous a envoyé\u{a0}: il ouvre vos \
            factures, sans mot de passe.",
        "Follow the link in the message your supplier sent you: it opens your invoices, without \
         a password.";
    EXPIRED = "S’il a expiré, la page qu’il ouvre vous en envoie un nouveau.",
        "If it has expired, the page it opens sends you a new one.";
    STAFF = "Équipe du fournisseur\u{a0}: se connecter", "Supplier’s staff: sign in";
}
