//! The person's own Activepieces server: connected, shown, let go; flows that move there and back, and edits that clash there.

use contract::commands::{
    ConnectAutomationServer, DisconnectAutomationServer, MoveFlow, ResolveFlow, ShowAutomationServer, TakeOverFlow,
};
use contract::{AutomationServer, Fault, FlowMoved, FlowView};

use crate::automation::server;
use crate::router::{Ask, Handle};

impl Handle<ShowAutomationServer> for Ask<'_> {
    async fn handle(&self, _: ShowAutomationServer) -> Result<AutomationServer, Fault> {
        server::show(&self.desk().await?).await
    }
}

impl Handle<ConnectAutomationServer> for Ask<'_> {
    async fn handle(&self, input: ConnectAutomationServer) -> Result<AutomationServer, Fault> {
        server::connect(&self.desk().await?, input).await
    }
}

impl Handle<DisconnectAutomationServer> for Ask<'_> {
    async fn handle(&self, _: DisconnectAutomationServer) -> Result<(), Fault> {
        server::disconnect(&self.desk().await?).await
    }
}

impl Handle<MoveFlow> for Ask<'_> {
    async fn handle(&self, MoveFlow { id, to }: MoveFlow) -> Result<FlowMoved, Fault> {
        server::move_flow(&self.desk().await?, id, to).await
    }
}

impl Handle<ResolveFlow> for Ask<'_> {
    async fn handle(&self, ResolveFlow { id, keep }: ResolveFlow) -> Result<FlowView, Fault> {
        let resolved = server::resolve(&self.desk().await?, id, keep).await?;
        self.view(resolved, None).await
    }
}

impl Handle<TakeOverFlow> for Ask<'_> {
    async fn handle(&self, TakeOverFlow { id }: TakeOverFlow) -> Result<(), Fault> {
        server::take_over_lock(&self.desk().await?, id).await
    }
}
